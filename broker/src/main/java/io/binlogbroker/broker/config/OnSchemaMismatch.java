package io.binlogbroker.broker.config;

/** What a broker does with a table whose columns cannot be told for certain. */
public enum OnSchemaMismatch {
  /** Ends, so that somebody decides. */
  STOP,
  /** Leaves the table out from there on, and goes on with the others. */
  PARK
}
