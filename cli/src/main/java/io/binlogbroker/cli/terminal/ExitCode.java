package io.binlogbroker.cli.terminal;

import io.binlogbroker.engine.model.FailureKind;

/** The exit codes of the process; {@code docs/exit-codes.md} explains each. */
public enum ExitCode {
  OK(0),
  /** An internal error. */
  INTERNAL(1),
  USAGE(2),
  CONFIG(3),
  /** The source refused the login, or a grant is missing. */
  SOURCE_ACCESS(4),
  /** The source's settings make exact delivery impossible: no binary log, not ROW. */
  SOURCE_SETTINGS(5),
  /** The source no longer has, or never had, the position to continue from. */
  POSITION_LOST(6),
  /**
   * The stream cannot be decoded: unknown event, bad checksum, a table without matching columns.
   */
  SOURCE_DATA(7),
  /** A change cannot be delivered: too large, refused. */
  UNDELIVERABLE(8),
  /** Kafka refuses access: authentication, authorisation, configuration. */
  SINK_ACCESS(9),
  /** Another process serves this group. */
  FENCED(10),
  /**
   * A server could not be reached: by a command, or by a broker within StartTimeout of its start.
   */
  UNREACHABLE(11),
  /** etcd refuses access: authentication, missing permission. */
  ETCD_ACCESS(12);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The exit code for a failure of this kind. */
  public static ExitCode of(FailureKind kind) {
    return switch (kind) {
      case INTERNAL -> INTERNAL;
      case INVALID_ARGUMENT -> USAGE;
      case CONFIGURATION -> CONFIG;
      case SOURCE_ACCESS -> SOURCE_ACCESS;
      case SOURCE_SETTINGS -> SOURCE_SETTINGS;
      case POSITION_LOST -> POSITION_LOST;
      case SOURCE_DATA -> SOURCE_DATA;
      case UNDELIVERABLE -> UNDELIVERABLE;
      case SINK_ACCESS -> SINK_ACCESS;
      case FENCED -> FENCED;
      case UNREACHABLE -> UNREACHABLE;
      case STORE_ACCESS -> ETCD_ACCESS;
    };
  }
}
