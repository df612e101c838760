package io.binlogbroker.binlog.row.cell;

import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.binlog.row.column.TextFaults;
import io.binlogbroker.binlog.row.text.MysqlCharset;
import io.binlogbroker.binlog.row.text.Utf8Buffer;
import io.binlogbroker.binlog.row.text.Utf8Text;

/**
 * Pushes text as valid UTF-8: valid bytes without copying, others converted in a reused buffer. One
 * thread.
 */
public final class TextTranscoder {
  private final Utf8Buffer buffer = new Utf8Buffer();
  private final TextFaults faults;

  public TextTranscoder(TextFaults faults) {
    this.faults = faults;
  }

  /** Pushes a cell. */
  public void push(
      RowPlan plan,
      Column column,
      MysqlCharset charset,
      byte[] bytes,
      int offset,
      int length,
      CellSink sink) {
    int to = offset + length;
    if (isValidUtf8(charset, bytes, offset, to)) {
      sink.text(column, bytes, offset, length);
      return;
    }
    buffer.clear();
    if (charset.decoder().decode(bytes, offset, to, buffer)) {
      faults.malformedText(plan, column);
    }
    sink.text(column, buffer.array(), 0, buffer.length());
  }

  private static boolean isValidUtf8(MysqlCharset charset, byte[] bytes, int from, int to) {
    if (charset.isUtf8()) {
      return Utf8Text.validEnd(bytes, from, to) == to;
    }
    return charset.isAsciiCompatible() && Utf8Text.asciiEnd(bytes, from, to) == to;
  }
}
