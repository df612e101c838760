package io.binlogbroker.engine.source;

import io.binlogbroker.engine.model.Position;

/** Compares positions of one epoch, of which one descends from the other. Any thread. */
public interface PositionOrder {
  /** Whether a position is known to be ahead of another one. */
  boolean isAhead(Position position, Position other);
}
