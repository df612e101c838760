package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.Position;

/**
 * A gap in the delivered changes: some may be missing, or be duplicates.
 *
 * @param lost the position from which reading could not continue
 * @param next where delivery continues instead
 * @param reason why reading could not continue from it
 */
public record Gap(Position lost, Position next, String reason) {
  /** Records a gap for people and programs; called before the first row after it. */
  public interface Marker {
    void mark(Gap gap);
  }
}
