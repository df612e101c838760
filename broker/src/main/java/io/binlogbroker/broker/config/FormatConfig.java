package io.binlogbroker.broker.config;

import io.binlogbroker.engine.model.FormatName;

/**
 * In which format changes are written.
 *
 * @param format where no rule names another
 * @param canalEnumAsNumber whether {@code canal-json} has the numbers of ENUM and SET, not the
 *     labels
 */
public record FormatConfig(FormatName format, boolean canalEnumAsNumber) implements FlatPart {
  static FormatConfig from(Section section) {
    return new FormatConfig(
        section.choice("Format", FormatName.class, FormatName.JSON),
        section.flag("CanalEnumAsNumber", false));
  }
}
