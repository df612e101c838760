package io.binlogbroker.binlog.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.Bytes;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.row.column.WireType;
import io.binlogbroker.binlog.row.json.JsonDiff;
import io.binlogbroker.binlog.row.text.Utf8Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PartialJsonTest {
  /** {"a":1,"b":[2,3]} */
  private static final String DOCUMENT =
      "00 0200 1e00 1200 0100 1300 0100 05 0100 02 1400 61 62 0200 0a00 05 0200 05 0300";

  private static TableMap map() {
    return new TableBytes()
        .column(WireType.TINY, "")
        .column(WireType.JSON, "04")
        .field(1, new Bytes().hex("00"))
        .names("id", "doc")
        .map();
  }

  private static Bytes cell(String hex) {
    byte[] bytes = new Bytes().hex(hex).array();
    return new Bytes().number(bytes.length, 4).raw(bytes);
  }

  /** An update of column doc: the document before, and the diffs or the new document. */
  private static BinlogRows update(String diffs, int jsonBits) {
    Bytes rows = new Bytes().hex("00 01").raw(cell(DOCUMENT).array());
    rows.u8(1).u8(jsonBits).hex("00 01").raw(cell(diffs).array());
    BinlogRows opened = RowsBytes.partialUpdate(map(), 3, 3, rows);
    assertThat(opened.next()).isTrue();
    return opened;
  }

  private static String doc(BinlogRows rows) {
    ServerTextSink sink = new ServerTextSink();
    rows.after().cell(1, sink);
    byte[] utf8 = HexFormat.of().parseHex(sink.take().get(1).substring(2));
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static String path(String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    return "%02x".formatted(bytes.length) + HexFormat.of().formatHex(bytes);
  }

  @Test
  void emptyDiffsLeaveTheDocumentUnchanged() {
    BinlogRows rows = update("", 1);

    assertThat(doc(rows)).isEqualTo("{\"a\":1,\"b\":[2,3]}");
    assertThat(rows.after().sameCell(1, rows.before())).isTrue();
  }

  @Test
  void valueIsReplaced() {
    BinlogRows rows = update("00" + path("$.a") + "02 04 01", 1);

    assertThat(doc(rows)).isEqualTo("{\"a\":true,\"b\":[2,3]}");
    assertThat(rows.after().sameCell(1, rows.before())).isFalse();
  }

  @Test
  void elementIsInsertedBeforeOthers() {
    assertThat(doc(update("01" + path("$.b[0]") + "03 05 0900", 1)))
        .isEqualTo("{\"a\":1,\"b\":[9,2,3]}");
  }

  @Test
  void memberIsInsertedInMysqlsKeyOrder() {
    assertThat(doc(update("01" + path("$.\"c \\\" d\"") + "02 04 00", 1)))
        .isEqualTo("{\"a\":1,\"b\":[2,3],\"c \\\" d\":null}");
  }

  @Test
  void diffsAreAppliedInOrder() {
    assertThat(doc(update("02" + path("$.b[0]") + "02" + path("$.a"), 1))).isEqualTo("{\"b\":[3]}");
  }

  @Test
  void unsetBitMeansAFullDocument() {
    assertThat(doc(update("04 02", 0))).isEqualTo("false");
  }

  @Test
  void diffThatDoesNotMatchTheDocumentIsRejected() {
    BinlogRows rows = update("02" + path("$.x"), 1);

    assertThatThrownBy(() -> doc(rows))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessage(
            "Partial JSON update: cannot remove .x in the value before the update,"
                + " mall_db.goods column 2 \"doc\"");
  }

  @Test
  void errorNamesTheSettingIfTheBeforeDocumentIsMissing() {
    Bytes rows = new Bytes().hex("00 01 01 01 00").raw(cell("02" + path("$.a")).array());
    BinlogRows opened = RowsBytes.partialUpdate(map(), 1, 2, rows);
    opened.next();

    assertThatThrownBy(() -> doc(opened))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("binlog_row_value_options=''");
  }

  @Test
  void updatesBeyondTheServersNestingLimitAreMalformed() {
    StringBuilder diffs = new StringBuilder();
    StringBuilder path = new StringBuilder("$.a");
    diffs.append("00").append(path(path.toString())).append("05 02 0000 0400");
    for (int depth = 0; depth < 99; depth++) {
      path.append("[0]");
      byte[] utf8 = path.toString().getBytes(StandardCharsets.UTF_8);
      String length = utf8.length < 251 ? "%02x" : "fc%02x%02x";
      diffs
          .append("01")
          .append(length.formatted(utf8.length & 0xFF, utf8.length >> 8))
          .append(HexFormat.of().formatHex(utf8))
          .append("05 02 0000 0400");
    }
    BinlogRows rows = update(diffs.toString(), 1);

    assertThatThrownBy(() -> doc(rows))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("nests values deeper than 100");
  }

  @Test
  void documentWithTooManyValuesForTheHeapIsRejected() {
    int count = (int) (Runtime.getRuntime().maxMemory() / 128) + 1;
    int size = 8 + 5 * count;
    byte[] list = new byte[1 + size];
    list[0] = 3;
    for (int i = 0; i < 4; i++) {
      list[1 + i] = (byte) (count >> 8 * i);
      list[5 + i] = (byte) (size >> 8 * i);
    }
    Arrays.fill(list, 9, list.length, (byte) 4);
    for (int at = 10; at < list.length; at += 5) {
      Arrays.fill(list, at, at + 4, (byte) 0);
    }

    assertThatThrownBy(
            () ->
                new JsonDiff()
                    .apply(new ByteReader(list), new ByteReader(new byte[0]), new Utf8Buffer()))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("fix: increase the heap");
  }
}
