package io.binlogbroker.engine.relay;

/** What becomes of a change in statement format, whose rows the log does not show. */
public enum OnStatementEvent {
  STOP,
  WARN
}
