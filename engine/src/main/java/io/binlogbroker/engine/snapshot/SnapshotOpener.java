package io.binlogbroker.engine.snapshot;

import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.format.registry.Formats;
import io.binlogbroker.engine.relay.SnapshotFeed;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.source.mysql.server.OpenedServer;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Begins the snapshots of a group, or continues those whose states are stored, with the server that
 * the stream comes from. Relay thread.
 */
public final class SnapshotOpener {
  private final String group;
  private final SnapshotOptions options;
  private final SnapshotControl control;
  private final Supplier<Formats> formats;
  private final LongSupplier lagMillis;

  /**
   * @param control brings requests
   * @param formats creates writers, which belong to one thread
   * @param lagMillis how far the stream is behind
   */
  public SnapshotOpener(
      String group,
      SnapshotOptions options,
      SnapshotControl control,
      Supplier<Formats> formats,
      LongSupplier lagMillis) {
    this.group = group;
    this.options = options;
    this.control = control;
    this.formats = formats;
    this.lagMillis = lagMillis;
  }

  /**
   * The snapshots that are not complete, ready to be started.
   *
   * @param stored the states that are committed, by name
   * @param ignoresCase whether the server ignores the case of names of tables
   * @param source the server that the stream comes from
   */
  public SnapshotFeed open(
      Map<String, byte[]> stored, Routes routes, boolean ignoresCase, OpenedServer source) {
    SessionOptions server = source.session();
    String uuid = source.uuid();
    Snapshots snapshots =
        new Snapshots(
            stored, routes, uuid, ignoresCase, options, control, SnapshotClock.system(), lagMillis);
    snapshots.use(() -> new SnapshotWorker(snapshots, server, uuid, options, group, formats));
    return snapshots;
  }
}
