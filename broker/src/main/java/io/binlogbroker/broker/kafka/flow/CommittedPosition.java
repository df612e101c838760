package io.binlogbroker.broker.kafka.flow;

import io.binlogbroker.engine.model.Position;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The position that is durable, with a listener. Written by the sink's thread or by Kafka's, read
 * by any thread.
 */
public final class CommittedPosition {
  private final Consumer<Position> listener;
  private volatile @Nullable Position position;

  /**
   * @param listener called with each new position, on the thread that found it durable; must not
   *     block
   */
  public CommittedPosition(Consumer<Position> listener) {
    this.listener = listener;
  }

  /** Sets the position that an earlier sink committed; the listener is not called. */
  public void resumeFrom(@Nullable Position last) {
    position = last;
  }

  /** A position has become durable. */
  public void advance(Position next) {
    position = next;
    listener.accept(next);
  }

  public @Nullable Position get() {
    return position;
  }
}
