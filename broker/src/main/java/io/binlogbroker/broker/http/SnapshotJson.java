package io.binlogbroker.broker.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.engine.snapshot.SnapshotProgress;
import io.binlogbroker.engine.snapshot.SnapshotState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the progress of snapshots as JSON. Stateless. */
final class SnapshotJson {
  private SnapshotJson() {}

  static void put(ObjectNode json, List<SnapshotProgress> all) {
    var list = json.putArray("snapshots");
    all.forEach(progress -> put(list.addObject(), progress));
  }

  private static void put(ObjectNode json, SnapshotProgress progress) {
    SnapshotState state = progress.state();
    json.put("schema", state.schema())
        .put("table", state.table())
        .put("status", state.status().name().toLowerCase(Locale.ROOT))
        .put("rows", state.rows())
        .put("skipped", state.skipped());
    if (state.estimate() >= 0) {
      json.put("estimate", state.estimate());
    }
    json.put("started", Instant.ofEpochMilli(state.started()).toString());
    if (state.ended() > 0) {
      json.put("ended", Instant.ofEpochMilli(state.ended()).toString());
    }
    text(json, "where", state.where());
    text(json, "reason", state.reason());
    text(json, "waits_for", progress.waitsFor());
    json.put("chunks", progress.chunks())
        .put("held_bytes", progress.heldBytes())
        .put("view_seconds", progress.viewSeconds());
  }

  private static void text(ObjectNode json, String key, @Nullable String value) {
    if (value != null) {
      json.put(key, value);
    }
  }
}
