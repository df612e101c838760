package io.binlogbroker.engine.relay;

import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.route.Routes;
import org.jspecify.annotations.Nullable;

/** The feed of a relay without a snapshot. Stateless. */
final class NoSnapshot implements SnapshotFeed {
  @Override
  public void start() {}

  @Override
  public boolean isActive() {
    return false;
  }

  @Override
  public void use(Routes routes) {}

  @Override
  public boolean tracks(String schema, String table) {
    return false;
  }

  @Override
  public void delivered(Rows row) {}

  @Override
  public void undone() {}

  @Override
  public void schemaChanged() {}

  @Override
  public void reached(Restart position) {}

  @Override
  public boolean holdsStream() {
    return false;
  }

  @Override
  public @Nullable SnapshotRows next() {
    return null;
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
  public void close() {}
}
