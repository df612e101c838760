package io.binlogbroker.broker.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to deliver of the schemas of one name or pattern.
 *
 * @param format null for the broker's
 */
public record SourceRule(String schema, List<TableRule> tables, @Nullable FormatName format) {
  public SourceRule {
    tables = List.copyOf(tables);
  }

  static SourceRule from(Section section) {
    String schema = section.text("Schema", "");
    section.require(
        !schema.isEmpty(), "Schema", "missing; expected a name or a regular expression");
    return new SourceRule(
        schema,
        section.objects("Tables").stream().map(TableRule::from).toList(),
        section.optionalChoice("Format", FormatName.class));
  }
}
