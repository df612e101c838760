package io.binlogbroker.engine.source.mysql;

import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.Message;
import org.jspecify.annotations.Nullable;

/** A sink that discards all messages. */
final class NowhereSink implements ChangeSink {
  private volatile @Nullable Position committed;

  @Override
  public @Nullable Position open() {
    return null;
  }

  @Override
  public String positionsTopic() {
    return "nowhere";
  }

  @Override
  public @Nullable Position committedIn(String topic) {
    return null;
  }

  @Override
  public void send(Message message) {}

  @Override
  public void commit(Position position) {
    committed = position;
  }

  @Override
  public @Nullable Position committed() {
    return committed;
  }

  @Override
  public void close() {}
}
