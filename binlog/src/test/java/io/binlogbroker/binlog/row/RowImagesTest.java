package io.binlogbroker.binlog.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.EventType;
import org.junit.jupiter.api.Test;

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
  void aMinimalInsertHoldsOnlyWhatWasGiven() {
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
  void aMinimalUpdateHoldsWhatWasLoggedAlone() {
    BinlogRows rows = RowsBytes.update(table().map(), 0b001, 0b010, "00 01 00 06");

    rows.next();

    assertThat(RowsBytes.cells(rows.before())).isEqualTo("{0=1}");
    assertThat(RowsBytes.cells(rows.after())).isEqualTo("{1=6}");
    assertThat(rows.after().has(0)).isFalse();
  }

  @Test
  void aBlobThatNoImageHoldsStaysAbsent() {
    BinlogRows rows = RowsBytes.update(table().map(), 0b011, 0b011, "00 01 02 00 01 03");

    rows.next();

    assertThat(rows.before().has(2)).isFalse();
    assertThat(rows.after().has(2)).isFalse();
    assertThat(rows.after().sameCell(0, rows.before())).isTrue();
    assertThat(rows.after().sameCell(1, rows.before())).isFalse();
    assertThat(rows.after().sameCell(2, rows.before())).isFalse();
  }

  @Test
  void anImageWithoutDuplicatesIsFilledFromTheOneBefore() {
    BinlogRows rows = RowsBytes.update(table().map(), 0b111, 0b010, "04 01 02 00 09");

    rows.next();

    assertThat(RowsBytes.cells(rows.after())).isEqualTo("{0=1, 1=9, 2=NULL}");
    assertThat(rows.after().sameCell(2, rows.before())).isTrue();
  }

  @Test
  void equalCellsAreToldFromChangedOnesByTheirBytes() {
    BinlogRows rows = RowsBytes.update(table().map(), 0b111, 0b111, "00 01 02 0161 02 01 0162");

    rows.next();

    assertThat(rows.after().sameCell(0, rows.before())).isTrue();
    assertThat(rows.after().sameCell(1, rows.before())).isFalse();
    assertThat(rows.after().sameCell(2, rows.before())).isFalse();
  }

  @Test
  void aCellThatIsAbsentCannotBePushed() {
    BinlogRows rows = RowsBytes.insert(table().map(), 0b010, "00 05");
    rows.next();

    assertThatThrownBy(() -> rows.after().cell(0, new ServerTextSink()))
        .hasMessage("The image lacks mall_db.goods column 1 \"a\"");
  }

  @Test
  void hiddenColumnsOfFunctionalIndexesAreNoColumns() {
    TableMap map = unnamed().names("a", "!hidden!i!0!0", "c").map();

    BinlogRows rows = RowsBytes.insert(map, 0b101, "00 05 0161");
    rows.next();

    assertThat(rows.plan().columns()).extracting(Column::name).containsExactly("a", "c");
    assertThat(RowsBytes.cells(rows.after())).isEqualTo("{0=5, 1=x:61}");
  }

  @Test
  void bytesBehindRowsOfNoColumnsAreRefused() {
    BinlogRows rows = RowsBytes.insert(table().map(), 0, "00");

    assertThatThrownBy(rows::next)
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageStartingWith("Expected no bytes behind rows without columns but 1 left");
  }

  @Test
  void aDeleteHasNoImageAfterIt() {
    BinlogRows rows = new BinlogRows(RowsBytes.UNKNOWN, TextFaults.IGNORED, 1 << 20);
    Bytes body = new Bytes().number(7, 6).number(1, 2).u8(3).u8(1).hex("00 05");
    rows.open(body.reader(), EventType.DELETE_ROWS_V1, table().map());
    rows.next();

    assertThat(RowsBytes.cells(rows.before())).isEqualTo("{0=5}");
    assertThatThrownBy(rows::after).hasMessage("A DELETE has no image after it");
  }
}
