package io.binlogbroker.engine.model;

/**
 * The kind of a failure that ended a delivery. A host maps it to its own interface: an exit code,
 * an exception of Kafka Connect, a state on a dashboard.
 */
public enum FailureKind {
  /** Unexpected: an internal error. */
  INTERNAL,
  /** A request that cannot be carried out, such as a position at which no transaction begins. */
  INVALID_ARGUMENT,
  /** The configuration contradicts itself, the source or the sink. */
  CONFIGURATION,
  /** The source rejected the login, or a grant is missing. */
  SOURCE_ACCESS,
  /** The source's settings make exact delivery impossible: no binary log, not ROW. */
  SOURCE_SETTINGS,
  /** The source no longer has, or never had, the position to continue from. */
  POSITION_LOST,
  /**
   * The stream cannot be decoded: unknown event, bad checksum, a table that matches no known
   * columns.
   */
  SOURCE_DATA,
  /** A change cannot be delivered: too large, rejected. */
  UNDELIVERABLE,
  /** The sink denies access: authentication, authorisation, configuration. */
  SINK_ACCESS,
  /** Another process works for this group. */
  FENCED,
  /** A server could not be reached. */
  UNREACHABLE,
  /** The position store denies access: authentication, missing permission. */
  STORE_ACCESS
}
