package io.binlogbroker.engine.format.json;

import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.cell.JsonTable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the {@code json} source block that all changes of a transaction share, encoded only
 * when they change. One thread.
 */
final class JsonSource {
  private static final byte[] NONE = new byte[0];

  private @Nullable String group;
  private @Nullable String gtid;
  private @Nullable String file;
  private long serverId;
  private long committedMillis = Long.MIN_VALUE;
  private boolean snapshot;

  private byte[] opening = NONE;
  private byte[] place = NONE;
  private byte[] closing = NONE;

  void of(ChangeContext context) {
    if (!context.group().equals(group)) {
      group = context.group();
      opening = JsonTable.bytes(",\"source\":{\"group\":" + JsonTable.quoted(context.group()));
    }
    if (!samePlace(context)) {
      gtid = context.gtid();
      file = context.file();
      serverId = context.serverId();
      place = renderPlace(context);
    }
    if (committedMillis != context.committedMillis() || snapshot != context.snapshot()) {
      committedMillis = context.committedMillis();
      snapshot = context.snapshot();
      closing = renderClosing(context);
    }
  }

  private boolean samePlace(ChangeContext context) {
    return serverId == context.serverId()
        && context.file().equals(file)
        && Objects.equals(context.gtid(), gtid);
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

  private static byte[] renderClosing(ChangeContext context) {
    return JsonTable.bytes(
        ",\"ts_ms\":"
            + context.committedMillis()
            + ",\"snapshot\":"
            + context.snapshot()
            + "},\"ts_ms\":");
  }

  /** {@code ,"source":} with the group, with the object still open. */
  byte[] opening() {
    return opening;
  }

  /** {@code ,"server_id":…,"gtid":…,"file":"…","pos":} */
  byte[] place() {
    return place;
  }

  /** {@code ,"ts_ms":…,"snapshot":…},"ts_ms":} */
  byte[] closing() {
    return closing;
  }
}
