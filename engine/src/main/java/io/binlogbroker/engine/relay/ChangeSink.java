package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages in order and makes them durable together with a position. One thread at a time,
 * but for {@link #committed}.
 */
public interface ChangeSink extends AutoCloseable {
  /**
   * Prepares for delivery and fences every other sink of the group.
   *
   * @return the position committed last, or null when there is none
   */
  @Nullable Position open();

  /** Names where the positions go that are committed here; empty where there is one place. */
  default String positionsTopic() {
    return "";
  }

  /**
   * The position that the group has committed to another topic than {@link #positionsTopic}; null
   * when there is none. Asked after {@link #open} and before the first message.
   */
  default @Nullable Position committedIn(String topic) {
    return null;
  }

  /**
   * Announces the topics of the next messages, so that they can be looked up together. A failure of
   * one topic is reported when a message for it is sent.
   */
  default void announce(Collection<String> topics) {}

  /**
   * Sends one message; may block while the sink is slower than the source.
   *
   * @throws DeliveryException when this or an earlier message cannot be delivered
   */
  void send(Message message);

  /** A source transaction begins, which may be rolled back. */
  default void mark() {}

  /**
   * Drops what was sent since the mark, if that is still possible.
   *
   * @return whether it was
   */
  default boolean takeBack() {
    return false;
  }

  /** Whether messages that are not committed stay invisible. */
  default boolean hidesUncommitted() {
    return false;
  }

  /**
   * Makes what was sent so far and this position visible together, when the call returns or later:
   * see {@link #committed}.
   */
  void commit(Position position);

  /** Whether a commit is still being carried out, so that a further one would only wait for it. */
  default boolean isCommitting() {
    return false;
  }

  /**
   * Waits until every call before has been carried out, and fails as they did: before the source is
   * waited for. A sink that carries out calls before they return has nothing to do.
   */
  default void catchUp() {}

  /**
   * Waits until everything sent is durable, so that {@link #committed} returns the last commit's
   * position: for an orderly end. A sink whose commits are durable on return has nothing to do.
   */
  default void flush() {}

  /** The newest position that is durable, with all messages before it; null before the first. */
  @Nullable Position committed();

  /** Ends without committing what is open. */
  @Override
  void close();
}
