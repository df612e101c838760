package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.Position;

/**
 * Changes that may be missing from what is delivered, or be there twice.
 *
 * @param lost the position from which reading could not continue
 * @param next where delivery continues instead
 * @param reason what was wrong with the position
 */
public record Gap(Position lost, Position next, String reason) {
  /** Leaves a mark of it for people and programs; called before the first row behind it. */
  public interface Marker {
    void mark(Gap gap);
  }
}
