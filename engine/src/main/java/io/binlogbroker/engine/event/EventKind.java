package io.binlogbroker.engine.event;

/** What can happen to a group, and how serious it is. */
public enum EventKind {
  STARTED(Severity.INFO),
  STOPPED(Severity.INFO),
  /** The broker gave up; the process or the group ends. */
  FAILED(Severity.ERROR),
  MASTER(Severity.INFO),
  SLAVE(Severity.INFO),
  /** The master lets another broker try. */
  RESIGNED(Severity.WARN),
  /** An operator stopped the delivery for now, or continued it. */
  PAUSED(Severity.WARN),
  RESUMED(Severity.INFO),
  /** The master lost its lock. */
  MASTERSHIP_LOST(Severity.WARN),
  /** Reading begins at a position of a server. */
  READING(Severity.INFO, true),
  /** A failure after which everything is opened again. */
  RECONNECT(Severity.WARN, true),
  CONFIG_APPLIED(Severity.INFO),
  CONFIG_REFUSED(Severity.ERROR),
  DDL(Severity.INFO, true),
  PARKED(Severity.ERROR),
  UNPARKED(Severity.INFO),
  /** The position was lost, and delivery continued elsewhere. */
  GAP(Severity.ERROR),
  /** A change in statement format, which has no rows. */
  STATEMENT(Severity.ERROR, true),
  SNAPSHOT_STARTED(Severity.INFO),
  SNAPSHOT_COMPLETE(Severity.INFO),
  SNAPSHOT_CANCELLED(Severity.WARN),
  SNAPSHOT_FAILED(Severity.ERROR),
  INTERNAL_ERROR(Severity.ERROR, true);

  private final Severity severity;
  private final boolean repeats;

  /** As the levels of the log. */
  public enum Severity {
    INFO,
    WARN,
    ERROR
  }

  EventKind(Severity severity) {
    this(severity, false);
  }

  EventKind(Severity severity, boolean repeats) {
    this.severity = severity;
    this.repeats = repeats;
  }

  public Severity severity() {
    return severity;
  }

  /** Whether it may come often with the same text, which then counts as one event. */
  public boolean repeats() {
    return repeats;
  }
}
