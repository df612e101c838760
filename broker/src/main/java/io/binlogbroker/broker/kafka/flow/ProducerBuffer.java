package io.binlogbroker.broker.kafka.flow;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;

/** How full a producer's buffer is, by Kafka's own metrics. Any thread. */
public final class ProducerBuffer {
  private static final String TOTAL = "buffer-total-bytes";
  private static final String AVAILABLE = "buffer-available-bytes";

  private ProducerBuffer() {}

  /** Bytes in use; 0 where the producer does not report them. */
  public static double usedBytes(Producer<?, ?> producer) {
    return value(producer, TOTAL) - value(producer, AVAILABLE);
  }

  private static double value(Producer<?, ?> producer, String name) {
    return producer.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals(name))
        .map(Metric::metricValue)
        .mapToDouble(value -> value instanceof Number number ? number.doubleValue() : 0)
        .findFirst()
        .orElse(0);
  }
}
