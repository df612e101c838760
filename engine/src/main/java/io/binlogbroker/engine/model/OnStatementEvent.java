package io.binlogbroker.engine.model;

/** How to handle a change in statement format, whose rows the log does not contain. */
public enum OnStatementEvent {
  STOP,
  WARN
}
