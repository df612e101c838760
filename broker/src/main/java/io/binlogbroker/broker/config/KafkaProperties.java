package io.binlogbroker.broker.config;

import java.util.Map;

/**
 * Producer properties handed to Kafka as they are; their values may be secret, so never printed.
 */
public record KafkaProperties(Map<String, String> values) {
  public KafkaProperties {
    values = Map.copyOf(values);
  }

  @Override
  public String toString() {
    return values.keySet().stream().sorted().toList().toString();
  }
}
