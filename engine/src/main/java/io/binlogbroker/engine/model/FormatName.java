package io.binlogbroker.engine.model;

import java.util.Locale;

/** The formats a message can be written in. */
public enum FormatName {
  JSON,
  MSGPACK,
  CANAL_JSON,
  MAXWELL_JSON,
  DEBEZIUM_JSON;

  /** The name in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
