package io.binlogbroker.broker.config;

import io.binlogbroker.broker.config.section.FlatPart;
import io.binlogbroker.broker.config.section.Section;
import io.binlogbroker.engine.model.FormatName;
import io.binlogbroker.engine.model.FormatOptions;

/**
 * The message format.
 *
 * @param format used where no rule names another
 * @param canalEnumAsNumber whether {@code canal-json} has ENUM and SET as numbers, not as labels
 */
public record FormatConfig(FormatName format, boolean canalEnumAsNumber) implements FlatPart {
  static FormatConfig from(Section section) {
    return new FormatConfig(
        section.choice("Format", FormatName.class, FormatName.JSON),
        section.flag("CanalEnumAsNumber", false));
  }

  /** What of it the formats themselves pick from. */
  public FormatOptions options() {
    return new FormatOptions(canalEnumAsNumber);
  }
}
