package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.Plug;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stores positions in memory, with a history of all saved ones. */
public final class MemoryPositionStore implements PositionStore {
  private final List<Position> history = new ArrayList<>();
  private @Nullable Position position;
  private Plug plug = new Plug();
  private @Nullable DeliveryException failure;
  private @Nullable Position known;
  private @Nullable Served served;

  @Override
  public synchronized @Nullable Position load() {
    plug.call("load");
    known = position;
    return position;
  }

  @Override
  public synchronized boolean save(Position position) {
    plug.call("save");
    if (failure != null) {
      throw failure;
    }
    if (!Objects.equals(this.position, known)) {
      return false;
    }
    this.position = position;
    known = position;
    history.add(position);
    return true;
  }

  @Override
  public synchronized void delete() {
    position = null;
    known = null;
  }

  @Override
  public synchronized @Nullable Served served() {
    return served;
  }

  @Override
  public synchronized void saveServed(Served served) {
    plug.call("save what is served");
    this.served = served;
  }

  @Override
  public String toString() {
    return "the store";
  }

  /**
   * Changes the position as another process would, without this store's knowledge; null deletes it.
   */
  public synchronized void overrule(@Nullable Position position) {
    this.position = position;
  }

  public MemoryPositionStore plug(Plug plug) {
    this.plug = plug;
    return this;
  }

  /** Makes all later saves fail with this failure; null makes them succeed again. */
  public synchronized void failSaves(@Nullable DeliveryException failure) {
    this.failure = failure;
  }

  public synchronized List<Position> history() {
    return List.copyOf(history);
  }
}
