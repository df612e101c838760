package io.binlogbroker.engine.route;

/** What stands for a cell that nobody may see. */
public enum MaskKind {
  /** A hash of its text, which still tells equal values from others. */
  SHA256,
  /** The same text for every value. */
  REDACT,
  /** The last four characters of its text. */
  LAST4
}
