package io.binlogbroker.broker.config.source;

/** What a broker does with a table whose columns are not certain. */
public enum OnSchemaMismatch {
  /** Stops, so that an operator decides. */
  STOP,
  /** Stops delivering the table and continues with the others. */
  PARK
}
