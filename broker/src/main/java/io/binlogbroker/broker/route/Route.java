package io.binlogbroker.broker.route;

import io.binlogbroker.broker.config.FormatName;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of one table go.
 *
 * @param key the rule for their partition key
 * @param format null for the broker's usual one
 */
public record Route(String topic, KeyRule key, @Nullable FormatName format) {
  @Override
  public String toString() {
    String told = "topic " + topic + ", key " + key;
    return format == null ? told : told + ", format " + format.word();
  }
}
