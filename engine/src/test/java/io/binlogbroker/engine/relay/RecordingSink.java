package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Delivers into a {@link RecordingTopic}. Once it has failed, all calls fail. */
public final class RecordingSink implements ChangeSink {
  private final RecordingTopic topic;
  private final boolean transactional;
  private final List<Message> pending = new ArrayList<>();
  private @Nullable Position unacknowledged;
  private @Nullable DeliveryException failure;
  private volatile @Nullable Position committed;
  private BooleanSupplier committing = () -> false;
  private boolean closed;
  private boolean stuck;

  public RecordingSink(RecordingTopic topic, boolean transactional) {
    this.topic = topic;
    this.transactional = transactional;
  }

  @Override
  public @Nullable Position open() {
    topic.plug().call("open sink");
    committed = topic.position();
    return committed;
  }

  @Override
  public String positionsTopic() {
    return topic.name();
  }

  @Override
  public @Nullable Position committedIn(String other) {
    return topic.committedIn(other);
  }

  @Override
  public void send(Message message) {
    topic.plug().call("send");
    throwFailure();
    acknowledge();
    if (transactional) {
      pending.add(message);
      return;
    }
    topic.messages.add(message);
  }

  /** States are messages of a topic named after them. */
  @Override
  public void store(String name, byte[] state) {
    send(Message.of(name, new byte[0], state, null));
  }

  @Override
  public boolean hidesUncommitted() {
    return transactional;
  }

  @Override
  public void commit(Position position) {
    topic.plug().call("commit");
    throwFailure();
    acknowledge();
    unacknowledged = position;
    if (transactional) {
      acknowledge();
    }
    topic.plug().call("the answer to a commit");
  }

  /** Has no commit become durable. */
  RecordingSink neverAcknowledging() {
    stuck = true;
    committing = () -> true;
    return this;
  }

  /** Sets the result of {@link #isCommitting}. */
  void committing(BooleanSupplier answer) {
    committing = answer;
  }

  @Override
  public boolean isCommitting() {
    return committing.getAsBoolean();
  }

  @Override
  public void flush() {
    topic.plug().call("flush");
    throwFailure();
    acknowledge();
  }

  private void acknowledge() {
    Position position = unacknowledged;
    if (position == null || stuck) {
      return;
    }
    unacknowledged = null;
    topic.messages.addAll(pending);
    pending.clear();
    topic.commits.add(position);
    committed = position;
  }

  /** Makes the next call and all later ones fail with this failure. */
  public void fail(DeliveryException failure) {
    this.failure = failure;
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public @Nullable Position committed() {
    return committed;
  }

  @Override
  public void close() {
    closed = true;
    topic.plug().call("close sink");
  }

  public boolean isClosed() {
    return closed;
  }
}
