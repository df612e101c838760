package io.binlogbroker.engine.snapshot;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was committed, across the runs of a pipeline. A run can be ended as by kill -9: what
 * is not committed is lost.
 */
final class MemorySink implements ChangeSink {
  private final List<Message> committedMessages = new ArrayList<>();
  private final Map<String, byte[]> committedStates = new HashMap<>();
  private final List<Message> pending = new ArrayList<>();
  private final Map<String, byte[]> pendingStates = new HashMap<>();
  private @Nullable Position committed;
  private volatile boolean killed;

  /** The next call fails. */
  void kill() {
    killed = true;
  }

  synchronized List<Message> messages() {
    return List.copyOf(committedMessages);
  }

  synchronized Map<String, byte[]> states() {
    return Map.copyOf(committedStates);
  }

  @Override
  public synchronized @Nullable Position open() {
    killed = false;
    pending.clear();
    pendingStates.clear();
    return committed;
  }

  @Override
  public synchronized Map<String, byte[]> stored() {
    return Map.copyOf(committedStates);
  }

  @Override
  public void send(Message message) {
    failIfKilled();
    pending.add(message);
  }

  @Override
  public void store(String name, byte[] state) {
    failIfKilled();
    pendingStates.put(name, state);
  }

  @Override
  public boolean hidesUncommitted() {
    return true;
  }

  @Override
  public synchronized void commit(Position position) {
    failIfKilled();
    committedMessages.addAll(pending);
    committedStates.putAll(pendingStates);
    pending.clear();
    pendingStates.clear();
    committed = position;
  }

  private void failIfKilled() {
    if (killed) {
      throw DeliveryException.retriable(FailureKind.INTERNAL, "killed", null);
    }
  }

  @Override
  public synchronized @Nullable Position committed() {
    return committed;
  }

  @Override
  public void close() {}
}
