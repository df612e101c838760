package io.binlogbroker.broker.relay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps positions in memory, and all that were ever saved. */
public final class MemoryPositionStore implements PositionStore {
  private final List<Position> history = new ArrayList<>();
  private @Nullable Position position;
  private Plug plug = new Plug();
  private @Nullable RelayException failure;

  @Override
  public synchronized @Nullable Position load() {
    plug.call("load");
    return position;
  }

  @Override
  public synchronized void save(Position position) {
    plug.call("save");
    if (failure != null) {
      throw failure;
    }
    this.position = position;
    history.add(position);
  }

  @Override
  public synchronized void delete() {
    position = null;
  }

  public MemoryPositionStore plug(Plug plug) {
    this.plug = plug;
    return this;
  }

  /** Every later save fails like this; null lets them succeed again. */
  public synchronized void failSaves(@Nullable RelayException failure) {
    this.failure = failure;
  }

  public synchronized List<Position> history() {
    return List.copyOf(history);
  }
}
