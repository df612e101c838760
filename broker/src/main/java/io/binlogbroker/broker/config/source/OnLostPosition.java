package io.binlogbroker.broker.config.source;

/** What a broker does when the source has purged the position to resume from. */
public enum OnLostPosition {
  /** Stops, so that an operator decides. */
  STOP,
  /** Continues at the oldest position that the source still has. */
  EARLIEST,
  /** Continues at the end of the source's log. */
  LATEST
}
