package io.binlogbroker.broker.config;

/** How a change gets to Kafka. */
public enum Delivery {
  EXACTLY_ONCE,
  AT_LEAST_ONCE
}
