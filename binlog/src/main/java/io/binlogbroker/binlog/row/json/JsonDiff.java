package io.binlogbroker.binlog.row.json;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.text.Utf8Buffer;

/** Applies the diffs of a partial update to the JSON cell before the update. One thread. */
public final class JsonDiff {
  private static final int REPLACE = 0;
  private static final int INSERT = 1;
  private static final int REMOVE = 2;

  private final BinaryJson walker = new BinaryJson();

  /**
   * @param before the cell before the update, as binary JSON
   * @param diffs one or more, consecutive
   * @param out receives the cell after the update, as text
   */
  public void apply(ByteReader before, ByteReader diffs, Utf8Buffer out) {
    JsonDocument document = JsonDocument.of(parse(before));
    while (diffs.remaining() > 0) {
      int operation = diffs.u8();
      JsonPath path = JsonPath.parse(diffs.lenencUtf8());
      switch (operation) {
        case REPLACE -> document.replace(path, parseNext(diffs));
        case INSERT -> document.insert(path, parseNext(diffs));
        case REMOVE -> document.remove(path);
        default ->
            throw new MalformedBytesException(
                "Partial JSON update: unknown operation " + operation);
      }
    }
    document.write(out);
  }

  private JsonDocument.Value parseNext(ByteReader diffs) {
    int length = diffs.lenencLength();
    ByteReader value = new ByteReader(diffs.array(), diffs.position(), length);
    diffs.skip(length);
    return parse(value);
  }

  private JsonDocument.Value parse(ByteReader binary) {
    return JsonDocument.parse(walker, binary.array(), binary.position(), binary.remaining());
  }
}
