package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.source.PositionOrder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last position that this process has committed, across all its terms. It survives the loss of
 * Kafka's record, when the topic is deleted or the server is reinstalled. Belongs to the relay
 * thread, except for {@link #isBefore}.
 */
public final class LastCommit {
  private static final Logger log = LoggerFactory.getLogger(LastCommit.class);

  private final PositionOrder order;
  private @Nullable Position known;
  private String warned = "";

  public LastCommit(PositionOrder order) {
    this.order = order;
  }

  /**
   * Records the committed position after a relay that started at {@code start}. A sink that has
   * committed nothing returns the position it found, which may be of another epoch.
   */
  void take(Position start, @Nullable Position committed) {
    if (committed == null || !committed.epoch().equals(start.epoch())) {
      return;
    }
    Position before = inEpoch(committed.epoch());
    if (before == null || !order.isAhead(before, committed)) {
      known = committed;
    }
  }

  /**
   * The position to continue from. Of two positions of an epoch the later one is correct: it was
   * committed, so everything before it is delivered. Logs a warning if Kafka has lost its record.
   *
   * @param stored the group's position according to the store and Kafka
   * @param committed Kafka's record; null when there is none
   */
  Position ahead(Position stored, @Nullable Position committed) {
    boolean recorded = committed != null && committed.epoch().equals(stored.epoch());
    Position own = inEpoch(stored.epoch());
    if (own != null && order.isAhead(own, stored)) {
      warn(
          positionLostByKafka(
              recorded ? "only the older position " + committed : "no position", own));
      return own;
    }
    if (!recorded && own == null && stored.isOfRelay()) {
      warn(
          onlyCopyLeft(
              committed == null ? "no position" : "only a position of an earlier epoch", stored));
    }
    return stored;
  }

  /** Whether a position is known to precede another one. Any thread. */
  boolean isBefore(Position position, Position other) {
    return order.isAhead(other, position);
  }

  private @Nullable Position inEpoch(String epoch) {
    Position position = known;
    return position != null && position.epoch().equals(epoch) ? position : null;
  }

  /** Logs a warning once: each retry of a failed start would repeat it. */
  private void warn(String message) {
    if (!message.equals(warned)) {
      warned = message;
      log.warn(message);
    }
  }

  private static String positionLostByKafka(String found, Position own) {
    return "Kafka has "
        + found
        + " of this group, though "
        + own
        + " was committed: the positions topic was deleted, emptied or restored. Continuing from the"
        + " committed position: no change is repeated or skipped. If Kafka has lost messages as"
        + " well, stop the broker and deliver them again with \"binlogbroker position set\".";
  }

  private static String onlyCopyLeft(String found, Position copy) {
    return "Kafka has "
        + found
        + " of this group: the positions topic was deleted, emptied or restored, and only the copy of"
        + " the position is left, which is saved every "
        + Checkpointer.PERIOD.toSeconds()
        + " s. Continuing from the copy, "
        + copy
        + ": if the last broker was killed, what it delivered in its last "
        + Checkpointer.PERIOD.toSeconds()
        + " s is delivered again.";
  }
}
