package io.binlogbroker.broker.config.source;

import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.engine.model.FormatName;
import io.binlogbroker.engine.route.ColumnChoice;
import io.binlogbroker.engine.route.MaskKind;
import io.binlogbroker.engine.route.SnapshotMode;
import io.binlogbroker.engine.route.SourceRule;
import io.binlogbroker.engine.route.TableRule;
import java.util.List;

/** Reads routing rules from the configuration. Stateless. */
final class RuleReader {
  private RuleReader() {}

  static SourceRule sourceRule(Section section) {
    String schema = section.text("Schema", "");
    section.require(
        !schema.isEmpty(), "Schema", "missing; expected a name or a regular expression");
    return new SourceRule(
        schema,
        section.objects("Tables").stream().map(RuleReader::tableRule).toList(),
        section.optionalChoice("Format", FormatName.class),
        section.optionalChoice("Snapshot", SnapshotMode.class));
  }

  private static TableRule tableRule(Section section) {
    TableRule rule =
        new TableRule(
            section.text("Table", ""),
            section.optionalText("Topic"),
            section.optionalText("Key"),
            section.optionalChoice("Format", FormatName.class),
            columnChoice(section.object("Columns")),
            section.choices("Mask", MaskKind.class),
            section.flag("Tombstones", false),
            section.optionalChoice("Snapshot", SnapshotMode.class),
            section.optionalText("SnapshotWhere"));
    section.require(
        !rule.table().isEmpty(), "Table", "missing; expected a name or a regular expression");
    return rule;
  }

  private static ColumnChoice columnChoice(Section section) {
    ColumnChoice choice =
        new ColumnChoice(section.texts("Include", List.of()), section.texts("Exclude", List.of()));
    section.require(
        choice.include().isEmpty() || choice.exclude().isEmpty(),
        "Exclude",
        "cannot be combined with Include; keep one of them");
    section.require(
        !(section.has("Include") && choice.include().isEmpty()),
        "Include",
        "expected at least one column");
    return choice;
  }
}
