package io.binlogbroker.binlog.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.Bytes;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.ServerVersion;
import io.binlogbroker.binlog.row.column.WireType;
import org.junit.jupiter.api.Test;

class TableMapsTest {
  private static final int UNKNOWN_FIELD = 99;
  private static final ServerVersion SERVER = ServerVersion.parse("8.0.33");

  private final TableMaps maps = new TableMaps();

  private static TableBytes table(String name) {
    return new TableBytes().column(WireType.LONG, "").field(1, new Bytes().u8(0)).names(name);
  }

  @Test
  void sameBytesReturnTheSameTable() {
    TableMap first = maps.read(table("a").bytes().reader(), SERVER);

    assertThat(maps.read(table("a").bytes().reader(), SERVER)).isSameAs(first);
    assertThat(maps.get(TableBytes.ID)).isSameAs(first);
  }

  @Test
  void otherBytesWithTheSameIdReturnAnotherTable() {
    TableMap first = maps.read(table("a").bytes().reader(), SERVER);

    TableMap second = maps.read(table("b").bytes().reader(), SERVER);

    assertThat(second).isNotSameAs(first);
    assertThat(maps.get(TableBytes.ID)).isSameAs(second);
  }

  @Test
  void idsAreRemovedAtTheEndOfAFile() {
    maps.read(table("a").bytes().reader(), SERVER);

    maps.clear();

    assertThat(maps.get(TableBytes.ID)).isNull();
  }

  @Test
  void numberOfKeptIdsIsBounded() {
    TableMap map = maps.read(withId(1), SERVER);
    int bytes = withId(1).remaining() - 6;
    int kept = (int) (TableWeight.MOST / TableWeight.of(map.columnCount(), bytes));
    for (int id = 1; id <= kept + 100; id++) {
      maps.read(withId(id), SERVER);
    }

    assertThat(maps.get(1)).isNull();
    assertThat(maps.get(100)).isNull();
    assertThat(maps.get(101)).isNotNull();
    assertThat(maps.get(kept + 100)).isNotNull();
  }

  @Test
  void longLabelsCountTowardsTheLimit() {
    TableBytes labels = table("a");
    for (int i = 0; i < 200; i++) {
      labels.field(UNKNOWN_FIELD, new Bytes().raw(new byte[240]));
    }
    for (int id = 1; id <= 400; id++) {
      maps.read(withId(labels, id), SERVER);
    }

    assertThat(maps.get(1)).isNull();
    assertThat(maps.get(200)).isNotNull();
  }

  @Test
  void reopenedTableWithAnotherIdIsTheSame() {
    TableMap first = maps.read(withId(1), SERVER);

    TableMap again = maps.read(withId(2), SERVER);
    maps.clear();
    TableMap inTheNextFile = maps.read(withId(1), SERVER);

    assertThat(again).isSameAs(first);
    assertThat(inTheNextFile).isSameAs(first);
  }

  @Test
  void reopenedTableQueriesItsVirtualColumnsAgain() {
    TableMap map = maps.read(withId(1), SERVER);
    map.keepVirtual(new boolean[] {true});

    maps.read(withId(1), SERVER);
    assertThat(map.virtual()).containsExactly(true);

    assertThat(maps.read(withId(2), SERVER)).isSameAs(map);
    assertThat(map.virtual()).isNull();
  }

  @Test
  void tableOfAnotherServerVersionIsAnother() {
    TableMap first = maps.read(withId(1), SERVER);

    TableMap other = maps.read(withId(1), ServerVersion.parse("8.4.0"));

    assertThat(other).isNotSameAs(first);
  }

  @Test
  void reopenedTableWithoutNamesIsQueriedAgain() {
    TableBytes unnamed = new TableBytes().column(WireType.LONG, "");
    TableMap first = maps.read(unnamed.bytes().reader(), SERVER);

    maps.clear();

    assertThat(maps.read(unnamed.bytes().reader(), SERVER)).isNotSameAs(first);
  }

  @Test
  void recentlyUsedIdIsKept() {
    TableMap first = maps.read(withId(1), SERVER);
    for (int id = 2; id <= 50_000; id++) {
      maps.read(withId(id), SERVER);
      maps.get(1);
    }

    assertThat(maps.get(1)).isSameAs(first);
  }

  private static ByteReader withId(int id) {
    return withId(table("a"), id);
  }

  private static ByteReader withId(TableBytes table, int id) {
    byte[] bytes = table.bytes().array();
    bytes[0] = (byte) id;
    bytes[1] = (byte) (id >> 8);
    bytes[2] = (byte) (id >> 16);
    return new ByteReader(bytes, 0, bytes.length);
  }

  @Test
  void tableHasItsNames() {
    TableMap map = maps.read(table("a").bytes().reader(), SERVER);

    assertThat(map).hasToString("mall_db.goods");
    assertThat(map.columnCount()).isEqualTo(1);
  }

  @Test
  void duplicateMetadataFieldIsMalformed() {
    TableBytes table = new TableBytes().column(WireType.LONG, "").names("id").names("id");

    assertThatThrownBy(() -> table.map().requireReadable())
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("field 4 of the metadata is duplicate");
  }

  @Test
  void tooManyColumnsAreMalformed() {
    Bytes body = new Bytes().number(7, 6).number(1, 2).text("d").u8(0).text("t").u8(0);
    body.u8(0xFC).number(60_000, 2).raw(new byte[90_000]);

    assertThatThrownBy(() -> new TableMaps().read(body.reader(), ServerVersion.parse("8.0.33")))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("expected at most 8192 columns but got 60000");
  }

  @Test
  void tooManyLabelsAreMalformedIfRowsAreRead() {
    int count = 1_100_000;
    Bytes labels = new Bytes().u8(0xFD).number(count, 3).raw(new byte[count]);
    Bytes body = new TableBytes().column(WireType.STRING, "f702").bytes();
    body.u8(6).u8(0xFD).number(labels.array().length, 3).raw(labels.array());

    TableMap map = new TableMaps().read(body.reader(), ServerVersion.parse("8.0.33"));

    assertThatThrownBy(map::requireReadable)
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("expected at most 1048576 labels but got 1100000");
  }
}
