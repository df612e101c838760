package io.binlogbroker.broker.config;

import org.jspecify.annotations.Nullable;

/**
 * What to do with the tables of one name or pattern.
 *
 * @param topic null for the schema's name
 * @param key null for the table's name
 * @param format null for the source's, or else the broker's
 */
public record TableRule(
    String table, @Nullable String topic, @Nullable String key, @Nullable FormatName format) {
  static TableRule from(Section section) {
    TableRule rule =
        new TableRule(
            section.text("Table", ""),
            section.optionalText("Topic"),
            section.optionalText("Key"),
            section.optionalChoice("Format", FormatName.class));
    section.require(
        !rule.table.isEmpty(), "Table", "missing; expected a name or a regular expression");
    return rule;
  }
}
