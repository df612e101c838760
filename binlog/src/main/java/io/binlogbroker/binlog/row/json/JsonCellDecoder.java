package io.binlogbroker.binlog.row.json;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.text.Utf8Buffer;
import java.util.Arrays;

/** Pushes JSON cells as text, full ones and those of partial updates. One thread. */
public final class JsonCellDecoder {
  private final Utf8Buffer text = new Utf8Buffer();
  private final JsonWriter writer = new JsonWriter(text);
  private final BinaryJson walker = new BinaryJson();
  private final JsonDiff diff = new JsonDiff();

  public void push(Column column, byte[] array, int offset, int length, CellSink sink) {
    text.clear();
    walker.walk(array, offset, length, writer);
    sink.json(column, text.array(), 0, text.length());
  }

  public void pushPatched(Column column, ByteReader before, ByteReader diffs, CellSink sink) {
    text.clear();
    diff.apply(before, diffs, text);
    sink.json(column, text.array(), 0, text.length());
  }

  /** Whether a partial update leaves the document unchanged. */
  public boolean isUnchanged(ByteReader before, ByteReader diffs) {
    text.clear();
    walker.walk(before.array(), before.position(), before.remaining(), writer);
    byte[] was = text.copy();
    text.clear();
    diff.apply(before, diffs, text);
    return Arrays.equals(was, 0, was.length, text.array(), 0, text.length());
  }
}
