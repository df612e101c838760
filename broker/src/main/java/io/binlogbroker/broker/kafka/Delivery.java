package io.binlogbroker.broker.kafka;

/** What a consumer may rely on. */
public enum Delivery {
  /** Rows and position become visible together, in one Kafka transaction. */
  EXACTLY_ONCE,
  /** The position follows the acknowledged messages; some are repeated after a crash. */
  AT_LEAST_ONCE
}
