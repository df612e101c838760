package io.binlogbroker.broker.config;

/** How a message is written. */
public enum Format {
  JSON
}
