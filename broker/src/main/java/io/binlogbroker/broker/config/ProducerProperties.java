package io.binlogbroker.broker.config;

import java.util.Map;

/**
 * Producer properties handed to Kafka as they are; their values may be secret, so never printed.
 */
public record ProducerProperties(Map<String, String> values) {
  public ProducerProperties {
    values = Map.copyOf(values);
  }

  @Override
  public String toString() {
    return values.keySet().stream().sorted().toList().toString();
  }
}
