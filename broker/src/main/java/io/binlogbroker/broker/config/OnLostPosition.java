package io.binlogbroker.broker.config;

/** What a broker does when the source no longer has the position to go on from. */
public enum OnLostPosition {
  /** Ends, so that somebody decides. */
  STOP,
  /** Goes on at the oldest that the source still has. */
  EARLIEST,
  /** Goes on at the source's end. */
  LATEST
}
