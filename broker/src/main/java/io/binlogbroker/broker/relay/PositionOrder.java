package io.binlogbroker.broker.relay;

/** Compares positions of one epoch, of which one descends from the other. Any thread. */
public interface PositionOrder {
  /** Whether a position is known to lie further ahead than another one. */
  boolean isAhead(Position position, Position other);
}
