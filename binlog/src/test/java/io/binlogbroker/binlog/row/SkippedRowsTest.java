package io.binlogbroker.binlog.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.row.column.TextFaults;
import io.binlogbroker.binlog.row.column.WireType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Skipped rows require only the lengths of their cells. */
class SkippedRowsTest {
  private static final SchemaSource FORBIDDEN =
      table -> {
        throw new AssertionError("Unexpected schema query for " + table);
      };

  @ParameterizedTest
  @CsvSource({
    "1, '', 7F",
    "2, '', 0102",
    "9, '', 010203",
    "3, '', 01020304",
    "8, '', 0102030405060708",
    "4, 04, 0000803F",
    "5, 08, 000000000000F03F",
    "246, 0A02, 8000000001",
    "246, 4100, 8000000000000000000000000000000000000000000000000000000000",
    "13, '', 77",
    "16, 0001, 01",
    "16, 0101, 0101",
    "254, F701, 01",
    "254, F702, 0001",
    "254, F808, 0000000000000001",
    "247, F701, 01",
    "248, F802, 0001",
    "15, FF00, 0161",
    "15, 0001, 010061",
    "253, FF00, 0161",
    "141, FF00, 0161",
    "254, FEFF, 0161",
    "254, EEFC, 010061",
    "252, 01, 0161",
    "252, 02, 010061",
    "252, 03, 01000061",
    "252, 04, 0100000061",
    "140, 02, 010061",
    "245, 04, 0100000000",
    "255, 04, 0100000000",
    "242, 04, 0400000000000000",
    "10, '', 010203",
    "14, '', 010203",
    "18, 06, 0102030405060708",
    "17, 03, 010203040506",
    "19, 01, 01020304",
    "12, '', 0102030405060708",
    "7, '', 01020304",
    "11, '', 010203",
  })
  void columnOfAnyTypeIsSkipped(int type, String meta, String cell) {
    TableMap map = new TableBytes().column(type, meta).column(WireType.TINY, "").map();

    BinlogRows rows =
        RowsBytes.insert(
            map, 0b11, "00" + cell + "01" + "01" + "02" + "00" + cell + "03", FORBIDDEN);

    assertThat(map.tellsLengths()).isTrue();
    assertThat(rows.skip()).isEqualTo(3);
    assertThat(rows.bytesRead()).isEqualTo(rows.bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"my80p", "ma114"})
  void skippedRowsAreCounted(String capture) {
    ExpectedTables schema = ExpectedTables.of(capture);
    Capture.named(capture)
        .forEach(
            (event, table) -> {
              if (!table.tellsLengths()) {
                return;
              }
              byte[] body = event.body().bytes(event.body().remaining());

              int passed = open(FORBIDDEN, body, event.type(), table).skip();

              BinlogRows read = open(schema, body, event.type(), table);
              int count = 0;
              while (read.next()) {
                count++;
              }
              assertThat(passed).as("%s", table).isEqualTo(count);
            });
  }

  private static BinlogRows open(SchemaSource source, byte[] body, EventType type, TableMap map) {
    BinlogRows rows = new BinlogRows(source, TextFaults.IGNORED, 1 << 24);
    rows.open(new ByteReader(body), type, map);
    return rows;
  }

  @ParameterizedTest
  @CsvSource({"7", "11", "12"})
  void oldTemporalsOfMariadbCannotBeSkipped(int type) {
    TableMap map = new TableBytes().column(type, "").map("11.4.5-MariaDB");

    BinlogRows rows = RowsBytes.insert(map, 1, "00010203040506", FORBIDDEN);

    assertThat(map.tellsLengths()).isFalse();
    assertThat(rows.bytes()).isEqualTo(7);
    assertThatThrownBy(rows::skip)
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("mall_db.goods");
  }

  @ParameterizedTest
  @CsvSource({"0", "6", "30", "243"})
  void unknownTypeIsNoErrorUnlessRowsAreRead(int type) {
    TableMap map = new TableBytes().column(type, "").map();

    BinlogRows rows = RowsBytes.insert(map, 1, "00010203040506", FORBIDDEN);

    assertThat(rows.table()).hasToString("mall_db.goods");
    assertThat(map.tellsLengths()).isFalse();
    assertThat(rows.bytes()).isEqualTo(7);
  }

  @Test
  void unknownTypeIsAnErrorWhenRowsAreRead() {
    TableMap map = new TableBytes().column(243, "").map();

    BinlogRows rows = RowsBytes.insert(map, 1, "00");

    assertThatThrownBy(rows::plan)
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("TABLE_MAP of mall_db.goods")
        .hasMessageContaining("column 1 has the unknown type 243");
  }
}
