package io.binlogbroker.broker.relay;

/** What the process tells its supervisor when it ends; {@code docs/exit-codes.md} explains each. */
public enum ExitCode {
  OK(0),
  /** A fault of the program itself. */
  INTERNAL(1),
  USAGE(2),
  CONFIG(3),
  /** The source refused the login, or a grant is missing. */
  SOURCE_ACCESS(4),
  /** The source's settings make exact delivery impossible: no binary log, not ROW. */
  SOURCE_SETTINGS(5),
  /** The source no longer has, or never had, the position to go on from. */
  POSITION_LOST(6),
  /** The stream cannot be decoded: unknown event, bad checksum, a table nothing fits. */
  SOURCE_DATA(7),
  /** A change cannot be delivered: too large, refused. */
  UNDELIVERABLE(8),
  /** Kafka refuses us: authentication, authorisation, configuration. */
  SINK_ACCESS(9),
  /** Another process works for this group. */
  FENCED(10),
  /**
   * A server could not be reached: by a command, or by a broker within StartTimeout of its start.
   */
  UNREACHABLE(11),
  /** etcd refuses us: authentication, a right that is missing. */
  ETCD_ACCESS(12);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
