package io.binlogbroker.broker.config;

/** The formats a message can be written in. */
public enum FormatName {
  JSON,
  MSGPACK,
  CANAL_JSON,
  MAXWELL_JSON,
  DEBEZIUM_JSON;

  /** As the configuration writes it. */
  public String word() {
    return Choice.word(this);
  }
}
