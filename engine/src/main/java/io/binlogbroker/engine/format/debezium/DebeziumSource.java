package io.binlogbroker.engine.format.debezium;

import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.cell.JsonTable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the {@code debezium-json} source block that all changes of a transaction share,
 * encoded only when they change. One thread.
 */
final class DebeziumSource {
  private static final byte[] NONE = new byte[0];

  private @Nullable String group;
  private @Nullable String gtid;
  private @Nullable String file;
  private long serverId;
  private long committedMillis = Long.MIN_VALUE;
  private boolean snapshot;

  private byte[] opening = NONE;
  private byte[] times = NONE;
  private byte[] place = NONE;

  void of(ChangeContext context) {
    if (committedMillis != context.committedMillis()
        || snapshot != context.snapshot()
        || !context.group().equals(group)) {
      group = context.group();
      snapshot = context.snapshot();
      committedMillis = context.committedMillis();
      opening = renderOpening(context);
      times =
          JsonTable.bytes(
              ",\"sequence\":null,\"ts_us\":%d000,\"ts_ns\":%d000000,\"table\":"
                  .formatted(committedMillis, committedMillis));
    }
    if (!samePlace(context)) {
      gtid = context.gtid();
      file = context.file();
      serverId = context.serverId();
      place = renderPlace(context);
    }
  }

  private boolean samePlace(ChangeContext context) {
    return serverId == context.serverId()
        && context.file().equals(file)
        && Objects.equals(context.gtid(), gtid);
  }

  private static byte[] renderOpening(ChangeContext context) {
    return JsonTable.bytes(
        ",\"source\":{\"version\":\"binlogbroker\",\"connector\":\"mysql\",\"name\":"
            + JsonTable.quoted(context.group())
            + ",\"ts_ms\":"
            + context.committedMillis()
            + ",\"snapshot\":\""
            + context.snapshot()
            + "\",\"db\":");
  }

  private static byte[] renderPlace(ChangeContext context) {
    String gtid = context.gtid();
    return JsonTable.bytes(
        ",\"server_id\":"
            + context.serverId()
            + ",\"gtid\":"
            + (gtid == null ? "null" : JsonTable.quoted(gtid))
            + ",\"file\":"
            + JsonTable.quoted(context.file())
            + ",\"pos\":");
  }

  /** {@code ,"source":} up to the schema's name, with the object still open. */
  byte[] opening() {
    return opening;
  }

  /** {@code ,"sequence":null,"ts_us":…,"ts_ns":…,"table":} */
  byte[] times() {
    return times;
  }

  /** {@code ,"server_id":…,"gtid":…,"file":"…","pos":} */
  byte[] place() {
    return place;
  }
}
