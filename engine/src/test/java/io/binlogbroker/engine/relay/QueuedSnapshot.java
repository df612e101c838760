package io.binlogbroker.engine.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.route.Routes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A snapshot whose rows can be delivered at once; records what a relay reports. */
final class QueuedSnapshot implements SnapshotFeed {
  private final Deque<SnapshotRows> rows = new ArrayDeque<>();
  private final List<String> reports = new ArrayList<>();
  private boolean active = true;
  private boolean endless;

  /** Rows that are delivered together, with a state. */
  QueuedSnapshot add(String state, String... values) {
    List<Message> messages = new ArrayList<>();
    for (String value : values) {
      messages.add(Message.of("snapshot", new byte[0], value.getBytes(UTF_8), null));
    }
    rows.add(new SnapshotRows(MessageBlock.of(messages), "state", state.getBytes(UTF_8)));
    return this;
  }

  /** Stays active after its rows, so that it waits for the stream. */
  QueuedSnapshot endless() {
    endless = true;
    return this;
  }

  /** What the relay has reported, in order. */
  List<String> reports() {
    return reports;
  }

  @Override
  public void start() {}

  @Override
  public boolean isActive() {
    return active && (endless || !rows.isEmpty());
  }

  @Override
  public void use(Routes routes) {
    reports.add("routes");
  }

  @Override
  public boolean tracks(String schema, String table) {
    return table.equals("goods");
  }

  @Override
  public void delivered(Rows row) {
    reports.add("row " + row.index());
  }

  @Override
  public void undone() {
    reports.add("undone");
  }

  @Override
  public void schemaChanged() {
    reports.add("schema");
  }

  @Override
  public void reached(Restart position) {}

  @Override
  public @Nullable SnapshotRows next() {
    return rows.poll();
  }

  @Override
  public boolean holdsStream() {
    return false;
  }

  @Override
  public void commitBegins() {}

  @Override
  public boolean awaitsCommit() {
    return false;
  }

  @Override
  public void commitEnds() {}

  @Override
  public void await() {}

  @Override
  public void close() {
    active = false;
    reports.add("closed");
  }
}
