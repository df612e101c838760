package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.source.ChangeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A server whose log is a script. A file has several items; each has its own position, from which a
 * source can start reading as from a real server.
 */
public final class ScriptedServer implements ChangeSource.Opener {
  static final String UUID = "7d49b361-e64f-11f1-ab7d-02fc00000001";
  private static final int ITEMS_PER_FILE = 5;
  private static final int ITEM_BYTES = 1_000;

  private final List<ScriptedItem> items = new ArrayList<>();
  private final List<ScriptedSource> opened = new ArrayList<>();
  private String files = "binlog";
  private final Set<Integer> leftOut = new HashSet<>();
  private int latest;
  private Plug plug = new Plug();
  private Runnable atEnd = () -> {};
  private IntPredicate ready = item -> item < items.size();

  public ScriptedServer(ScriptedItem... items) {
    this.items.addAll(List.of(items));
  }

  /** Sets where a source without a position starts: at the n-th item. */
  public ScriptedServer latest(int item) {
    latest = item;
    return this;
  }

  /**
   * Makes this another server, with its own files: positions of other servers are found by their
   * GTIDs.
   */
  public ScriptedServer files(String name) {
    files = name;
    return this;
  }

  public ScriptedServer plug(Plug plug) {
    this.plug = plug;
    return this;
  }

  /**
   * Sets an action to run when a source has read everything, before it waits for {@link
   * ChangeSource#abort}.
   */
  public ScriptedServer atEnd(Runnable what) {
    atEnd = what;
    return this;
  }

  /** Sets whether a source before the n-th item is ready; by default it is if the item exists. */
  public ScriptedServer ready(IntPredicate ready) {
    this.ready = ready;
    return this;
  }

  public void add(ScriptedItem item) {
    items.add(item);
  }

  public void replace(int item, ScriptedItem by) {
    items.set(item, by);
  }

  @Override
  public ScriptedSource open(@Nullable Position from) {
    plug.call("open source");
    ScriptedSource source = new ScriptedSource(this, from == null ? latest : itemAt(from));
    opened.add(source);
    return source;
  }

  public List<ScriptedSource> opened() {
    return opened;
  }

  public List<ScriptedItem> items() {
    return items;
  }

  Plug plug() {
    return plug;
  }

  /** The items whose rows are known to be rolled back. */
  Set<Integer> leftOut() {
    return leftOut;
  }

  void reachedEnd() {
    atEnd.run();
  }

  boolean isReady(int item) {
    return ready.test(item);
  }

  /** The start of the n-th item. */
  public Restart place(int item) {
    return new Restart(
        new BinlogPosition(
            "%s.%06d".formatted(files, item / ITEMS_PER_FILE + 1),
            4 + (long) ITEM_BYTES * (item % ITEMS_PER_FILE)),
        UUID + ":1-" + item,
        UUID,
        0);
  }

  /** The position before the n-th item. */
  public Position position(int item, String epoch) {
    return position(item, 0, 0, epoch);
  }

  public Position position(int item, long rowsEvents, long rows, String epoch) {
    Restart place = place(item);
    return new Position(place.place(), place.gtidSet(), rowsEvents, rows, UUID, epoch);
  }

  private int itemAt(Position position) {
    for (int item = 0; item <= items.size(); item++) {
      Restart place = place(item);
      boolean here = place.place().equals(position.place());
      if (here || Objects.equals(place.gtidSet(), position.gtidSet())) {
        return item;
      }
    }
    throw DeliveryException.fatal(FailureKind.POSITION_LOST, "Nothing begins at " + position);
  }
}
