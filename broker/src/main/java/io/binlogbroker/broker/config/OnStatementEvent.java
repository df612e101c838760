package io.binlogbroker.broker.config;

/** What becomes of a change in statement format, whose rows the log does not show. */
public enum OnStatementEvent {
  STOP,
  WARN
}
