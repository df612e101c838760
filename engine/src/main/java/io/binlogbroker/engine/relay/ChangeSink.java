package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Receives messages in order and makes them durable together with a position. One thread at a time,
 * except for {@link #committed}.
 */
public interface ChangeSink extends AutoCloseable {
  /**
   * Prepares for delivery and fences every other sink of the group.
   *
   * @return the position committed last, or null when there is none
   */
  @Nullable Position open();

  /**
   * The name of the topic that positions are committed to; empty where there is only one place for
   * them.
   */
  default String positionsTopic() {
    return "";
  }

  /**
   * The position that the group has committed to another topic than {@link #positionsTopic}; null
   * when there is none. Called after {@link #open} and before the first message.
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

  /** Sends messages, as {@link #send(Message)} does. */
  default void send(MessageBlock block) {
    block.messages().forEach(this::send);
  }

  /** Marks the start of a source transaction, which may be rolled back. */
  default void mark() {}

  /**
   * Drops the messages sent since the mark, if that is still possible.
   *
   * @return whether they were dropped
   */
  default boolean takeBack() {
    return false;
  }

  /** Whether uncommitted messages are invisible to consumers. */
  default boolean hidesUncommitted() {
    return false;
  }

  /**
   * Stores a state beside the position; it is committed with the messages sent so far. A newer
   * state of the same name replaces it.
   */
  default void store(String name, byte[] state) {
    throw new UnsupportedOperationException("This sink stores no states");
  }

  /** The newest committed states by name, as of {@link #open}. */
  default Map<String, byte[]> stored() {
    return Map.of();
  }

  /**
   * Makes the messages sent so far and this position visible together, when the call returns or
   * later: see {@link #committed}.
   */
  void commit(Position position);

  /** Whether a commit is still in progress, so that another one would only wait for it. */
  default boolean isCommitting() {
    return false;
  }

  /**
   * Waits until all previous calls have completed, and throws their failure; called before the
   * relay waits for the source. A synchronous sink has nothing to do.
   */
  default void catchUp() {}

  /**
   * Waits until everything sent is durable, so that {@link #committed} returns the last commit's
   * position; called at a regular end. A sink whose commits are durable on return has nothing to
   * do.
   */
  default void flush() {}

  /** The newest position that is durable, with all messages before it; null before the first. */
  @Nullable Position committed();

  /** Closes the sink without committing the messages that are not committed. */
  @Override
  void close();
}
