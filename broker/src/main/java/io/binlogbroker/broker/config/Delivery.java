package io.binlogbroker.broker.config;

/** The delivery guarantee. */
public enum Delivery {
  EXACTLY_ONCE,
  AT_LEAST_ONCE
}
