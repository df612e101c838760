package io.binlogbroker.binlog.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.bytes.Bytes;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.row.column.TextFaults;
import io.binlogbroker.binlog.row.column.WireType;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowImagesTest {
  /** Two TINYINTs and a BLOB, named a, b, c. */
  private static TableBytes table() {
    return unnamed().names("a", "b", "c");
  }

  private static TableBytes unnamed() {
    return new TableBytes()
        .column(WireType.TINY, "")
        .column(WireType.TINY, "")
        .column(WireType.BLOB, "01")
        .field(1, new Bytes().hex("00"))
        .field(2, new Bytes().hex("3f"));
  }

  @Test
  void minimalInsertContainsOnlyTheGivenColumns() {
    BinlogRows rows = RowsBytes.insert(table().map(), 0b010, "00 05 01");

    assertThat(rows.next()).isTrue();
    assertThat(RowsBytes.cells(rows.after())).isEqualTo("{1=5}");
    assertThat(rows.after().has(0)).isFalse();
    assertThat(rows.next()).isTrue();
    assertThat(RowsBytes.cells(rows.after())).isEqualTo("{1=NULL}");
    assertThat(rows.index()).isEqualTo(1);
    assertThat(rows.next()).isFalse();
  }

  @Test
  void minimalUpdateContainsOnlyTheLoggedColumns() {
    BinlogRows rows = RowsBytes.update(table().map(), 0b001, 0b010, "00 01 00 06");

    rows.next();

    assertThat(RowsBytes.cells(rows.before())).isEqualTo("{0=1}");
    assertThat(RowsBytes.cells(rows.after())).isEqualTo("{1=6}");
    assertThat(rows.after().has(0)).isFalse();
  }

  @Test
  void blobInNeitherImageIsAbsent() {
    BinlogRows rows = RowsBytes.update(table().map(), 0b011, 0b011, "00 01 02 00 01 03");

    rows.next();

    assertThat(rows.before().has(2)).isFalse();
    assertThat(rows.after().has(2)).isFalse();
    assertThat(rows.after().sameCell(0, rows.before())).isTrue();
    assertThat(rows.after().sameCell(1, rows.before())).isFalse();
    assertThat(rows.after().sameCell(2, rows.before())).isFalse();
  }

  /** The schema of the table, with b and c virtual or not. */
  private static SchemaSource schema(boolean b, boolean c) {
    return table ->
        new TableSchema(
            List.of(
                new ColumnSchema("a", "tinyint", "tinyint", true, null),
                new ColumnSchema("b", "tinyint", "tinyint", true, null, b),
                new ColumnSchema("c", "tinyblob", "tinyblob", true, null, c)),
            List.of());
  }

  @Test
  void noDuplicatesAfterImageIsCompletedFromTheBeforeImage() {
    BinlogRows rows =
        RowsBytes.update(table().map(), 0b111, 0b010, "04 01 02 00 09", schema(false, false));

    rows.next();

    assertThat(RowsBytes.cells(rows.after())).isEqualTo("{0=1, 1=9, 2=NULL}");
    assertThat(rows.after().sameCell(2, rows.before())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void virtualColumnMissingInTheAfterImageIsInNeither(boolean named) {
    TableMap map = named ? table().map() : unnamed().map();
    BinlogRows rows =
        RowsBytes.update(
            map, 0b111, 0b001, "00 01 02 0161 00 03 04 03 05 00 05", schema(true, false));

    rows.next();
    assertThat(RowsBytes.cells(rows.before())).isEqualTo("{0=1, 2=x:61}");
    assertThat(RowsBytes.cells(rows.after())).isEqualTo("{0=3, 2=x:61}");
    rows.next();
    assertThat(RowsBytes.cells(rows.before())).isEqualTo("{0=3, 2=NULL}");
    assertThat(RowsBytes.cells(rows.after())).isEqualTo("{0=5, 2=NULL}");
    assertThat(rows.next()).isFalse();
  }

  @Test
  void loggedVirtualColumnIsInTheImage() {
    BinlogRows rows =
        RowsBytes.update(table().map(), 0b111, 0b011, "00 01 02 0161 00 03 04", schema(true, true));

    rows.next();

    assertThat(RowsBytes.cells(rows.before())).isEqualTo("{0=1, 1=2}");
    assertThat(RowsBytes.cells(rows.after())).isEqualTo("{0=3, 1=4}");
  }

  @Test
  void virtualColumnsAreQueriedOnceAndOnlyForSuchUpdates() {
    AtomicInteger asked = new AtomicInteger();
    SchemaSource source =
        table -> {
          asked.incrementAndGet();
          return schema(true, false).describe(table);
        };
    TableMap map = table().map();

    RowsBytes.update(map, 0b111, 0b111, "00 01 02 0161 00 03 04 0161", source).next();
    RowsBytes.update(map, 0b001, 0b010, "00 01 00 06", source).next();
    RowsBytes.update(map, 0b111, 0b001, "00 01 02 0161 00 03", source).skip();
    assertThat(asked).hasValue(0);

    RowsBytes.update(map, 0b111, 0b001, "00 01 02 0161 00 03", source).next();
    RowsBytes.update(map, 0b111, 0b001, "00 01 02 0161 00 03", source).next();
    assertThat(asked).hasValue(1);
  }

  @Test
  void primaryKeyOfAllColumnsNeedsNoQuery() {
    TableMap map = table().field(8, new Bytes().hex("00 01 02")).map();
    BinlogRows rows = RowsBytes.update(map, 0b111, 0b001, "00 01 02 0161 00 03");

    rows.next();

    assertThat(RowsBytes.cells(rows.after())).isEqualTo("{0=3, 1=2, 2=x:61}");
  }

  @Test
  void changedTableDoesNotCompleteAnImage() {
    TableMap map = table().map();
    String row = "00 01 02 0161 00 03";
    SchemaSource other =
        table ->
            new TableSchema(
                List.of(
                    new ColumnSchema("a", "tinyint", "tinyint", true, null),
                    new ColumnSchema("b", "int", "int", true, null)),
                List.of());

    assertThatThrownBy(() -> RowsBytes.update(map, 0b111, 0b001, row).plan())
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith("mall_db.goods column 1 \"a\" is not in information_schema; the")
        .hasMessageEndingWith("Set binlog_row_image=FULL on the source: then it omits none");
    assertThatThrownBy(() -> RowsBytes.update(map, 0b111, 0b001, row, other).plan())
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith(
            "mall_db.goods column 2 \"b\": information_schema has int, the TABLE_MAP has TINYINT;"
                + " the table has changed");
    BinlogRows passed = RowsBytes.update(map, 0b111, 0b001, row, other);
    assertThatThrownBy(passed::plan).isInstanceOf(SchemaException.class);
    assertThat(passed.skip()).isEqualTo(1);
  }

  @Test
  void unchangedCellsAreDetectedByTheirBytes() {
    BinlogRows rows = RowsBytes.update(table().map(), 0b111, 0b111, "00 01 02 0161 02 01 0162");

    rows.next();

    assertThat(rows.after().sameCell(0, rows.before())).isTrue();
    assertThat(rows.after().sameCell(1, rows.before())).isFalse();
    assertThat(rows.after().sameCell(2, rows.before())).isFalse();
  }

  @Test
  void absentCellCannotBePushed() {
    BinlogRows rows = RowsBytes.insert(table().map(), 0b010, "00 05");
    rows.next();

    assertThatThrownBy(() -> rows.after().cell(0, new ServerTextSink()))
        .hasMessage("The image does not contain mall_db.goods column 1 \"a\"");
  }

  @Test
  void hiddenColumnsOfFunctionalIndexesAreOmitted() {
    TableMap map = unnamed().names("a", "!hidden!i!0!0", "c").map();

    BinlogRows rows = RowsBytes.insert(map, 0b101, "00 05 0161");
    rows.next();

    assertThat(rows.plan().columns()).extracting(Column::name).containsExactly("a", "c");
    assertThat(RowsBytes.cells(rows.after())).isEqualTo("{0=5, 1=x:61}");
  }

  @Test
  void bytesAfterRowsWithoutColumnsAreRejected() {
    BinlogRows rows = RowsBytes.insert(table().map(), 0, "00");

    assertThatThrownBy(rows::next)
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageStartingWith("Expected no bytes after rows without columns but 1 are left");
  }

  @Test
  void deleteHasNoAfterImage() {
    BinlogRows rows = new BinlogRows(RowsBytes.UNKNOWN, TextFaults.IGNORED, 1 << 20);
    Bytes body = new Bytes().number(7, 6).number(1, 2).u8(3).u8(1).hex("00 05");
    rows.open(body.reader(), EventType.DELETE_ROWS_V1, table().map());
    rows.next();

    assertThat(RowsBytes.cells(rows.before())).isEqualTo("{0=5}");
    assertThatThrownBy(rows::after).hasMessage("A DELETE has no after image");
  }
}
