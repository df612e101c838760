package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.bytes.Bytes;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.row.column.TextFaults;

/** Builds rows events of {@link TableBytes}. */
final class RowsBytes {
  static final SchemaSource UNKNOWN = table -> null;

  private RowsBytes() {}

  static BinlogRows insert(TableMap map, int bitmap, String rows) {
    return insert(map, bitmap, rows, UNKNOWN);
  }

  static BinlogRows insert(TableMap map, int bitmap, String rows, SchemaSource source) {
    return open(map, EventType.WRITE_ROWS_V2, head(map).u8(bitmap).hex(rows), source);
  }

  static BinlogRows update(TableMap map, int before, int after, String rows) {
    return update(map, before, after, rows, UNKNOWN);
  }

  static BinlogRows update(TableMap map, int before, int after, String rows, SchemaSource source) {
    Bytes bytes = head(map).u8(before).u8(after).hex(rows);
    return open(map, EventType.UPDATE_ROWS_V2, bytes, source);
  }

  static BinlogRows partialUpdate(TableMap map, int before, int after, Bytes rows) {
    Bytes bytes = head(map).u8(before).u8(after).raw(rows.array());
    return open(map, EventType.PARTIAL_UPDATE_ROWS, bytes, UNKNOWN);
  }

  private static Bytes head(TableMap map) {
    return new Bytes().number(TableBytes.ID, 6).number(1, 2).number(2, 2).u8(map.columnCount());
  }

  private static BinlogRows open(TableMap map, EventType type, Bytes body, SchemaSource source) {
    BinlogRows rows = new BinlogRows(source, TextFaults.IGNORED, 1 << 20);
    rows.open(body.reader(), type, map);
    return rows;
  }

  /** All cells of an image, such as {@code {0=1, 1=u:61}}. */
  static String cells(RowImage image) {
    ServerTextSink sink = new ServerTextSink();
    image.cells(sink);
    return sink.take().toString();
  }
}
