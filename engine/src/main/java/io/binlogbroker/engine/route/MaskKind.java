package io.binlogbroker.engine.route;

/** The replacement of a masked value. */
public enum MaskKind {
  /** A hash of its text; equal values have equal hashes. */
  SHA256,
  /** The same text for all values. */
  REDACT,
  /** The last four characters of its text. */
  LAST4
}
