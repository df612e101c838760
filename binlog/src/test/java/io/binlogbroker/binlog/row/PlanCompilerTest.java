package io.binlogbroker.binlog.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.bytes.Bytes;
import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.row.column.WireType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCompilerTest {
  private static final String MARIADB = "11.4.5-MariaDB";

  private static RowPlan plan(TableMap map, ColumnSchema... columns) {
    TableSchema schema =
        columns.length == 0 ? null : new TableSchema(List.of(columns), List.of("id"));
    boolean[] present = new boolean[map.columnCount()];
    java.util.Arrays.fill(present, true);
    return new PlanCompiler(table -> schema).compile(map, present).plan();
  }

  private static ColumnSchema column(String name, String type, String charset) {
    return new ColumnSchema(name, type, type.split("[ (]")[0], true, charset);
  }

  @Test
  void fullMetadataNeedsNoSchema() {
    TableMap map =
        new TableBytes()
            .notNull(WireType.LONG, "")
            .column(WireType.STRING, "f701")
            .field(1, new Bytes().hex("80"))
            .field(6, new Bytes().hex("02 02 d6d0 01 61"))
            .field(10, new Bytes().hex("1c"))
            .field(8, new Bytes().hex("00"))
            .names("id", "kind")
            .map();

    RowPlan plan = plan(map);

    assertThat(plan.columns().get(0))
        .isEqualTo(new Column(0, "id", ColumnType.INT, true, false, 0, 0, List.of()));
    assertThat(plan.columns().get(1).labels()).containsExactly("\u4E2D", "a");
    assertThat(plan.primaryKey()).containsExactly(0);
  }

  /** MySQL 8.0.12 logs labels but not their character set. */
  private static TableMap labelsWithoutCharset() {
    return new TableBytes()
        .column(WireType.STRING, "f701")
        .field(6, new Bytes().hex("02 02 d6d0 01 61"))
        .names("kind")
        .map("8.0.12");
  }

  @Test
  void characterSetOfLabelsComesFromTheSchema() {
    RowPlan plan = plan(labelsWithoutCharset(), column("kind", "enum('\u4E2D','a')", "gbk"));

    assertThat(plan.columns().get(0).labels()).containsExactly("\u4E2D", "a");
  }

  @Test
  void characterSetThatYieldsOtherLabelsIsRejected() {
    assertThatThrownBy(
            () -> plan(labelsWithoutCharset(), column("kind", "enum('\u4E2D','a')", "latin1")))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("column 1 has the labels [\u00D6\u00D0, a]")
        .hasMessageContaining("its column list has [\u4E2D, a]; the table has changed");
  }

  @Test
  void missingMetadataComesFromTheSchema() {
    TableMap map =
        new TableBytes()
            .column(WireType.LONG, "")
            .column(WireType.VARCHAR, "2800")
            .column(WireType.STRING, "f801")
            .map("5.7.22");

    RowPlan plan =
        plan(
            map,
            column("id", "int(10) unsigned", null),
            column("name", "varchar(20)", "gbk"),
            column("flags", "set('a','b''c')", "latin1"));

    assertThat(plan.columns()).extracting(Column::name).containsExactly("id", "name", "flags");
    assertThat(plan.columns().get(0).unsigned()).isTrue();
    assertThat(plan.columns().get(2).labels()).containsExactly("a", "b'c");
    assertThat(plan.primaryKey()).containsExactly(0);
  }

  @Test
  void schemaThatDiffersIsRejectedWithAllDifferences() {
    TableMap map =
        new TableBytes()
            .column(WireType.LONG, "")
            .column(WireType.NEWDECIMAL, "0a02")
            .notNull(WireType.DATETIME2, "03")
            .map("5.7.22");

    assertThatThrownBy(
            () ->
                plan(
                    map,
                    column("id", "int", null),
                    column("price", "varchar(20)", "utf8mb4"),
                    column("at", "datetime(3)", null)))
        .isInstanceOf(SchemaException.class)
        .hasMessage(
            "mall_db.goods column 2 \"price\": information_schema has varchar(20), the TABLE_MAP"
                + " has DECIMAL(10,2); mall_db.goods column 3 \"at\": information_schema has"
                + " NULL, the TABLE_MAP has NOT NULL; the table has changed since this event was"
                + " written. "
                + PlanCompiler.REMEDY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "15 | 2800 | varchar(10)  | utf8mb4 | ",
        "15 | 2800 | varchar(20)  | utf8mb4 | VARCHAR or VARBINARY of 40 bytes",
        "15 | 1400 | varchar(10)  | gbk     | ",
        "254 | fe28 | char(10)    | utf8mb4 | ",
        "254 | cefc | char(255)   | utf8mb4 | ",
        "254 | f702 | enum('a')   | latin1  | ENUM in 2 bytes",
        "254 | f803 |"
            + " set('1','2','3','4','5','6','7','8','9','10','11','12','13','14','15','16','17') |"
            + " latin1 | ",
        "252 | 02   | text        | latin1  | ",
        "252 | 03   | text        | latin1  | BLOB or TEXT with 3 length bytes",
        "141 | 2103 | varchar(200) /*M!100301 COMPRESSED*/ | utf8mb4 | ",
      })
  void lengthsMustMatch(int type, String meta, String declared, String charset, String wire) {
    TableMap map = new TableBytes().column(type, meta).map("5.7.22");

    String against = SchemaAgreement.disagreement(map, 0, column("c", declared, charset));

    assertThat(against).isEqualTo(wire == null ? null : declared + ", the TABLE_MAP has " + wire);
  }

  @Test
  void otherNumberOfColumnsIsRejected() {
    TableMap map = new TableBytes().column(WireType.LONG, "").column(WireType.LONG, "").map();

    assertThatThrownBy(() -> plan(map, column("id", "int", null)))
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith(
            "mall_db.goods: information_schema has 1 columns, the TABLE_MAP has 2");
  }

  @Test
  void unknownTableIsRejectedNamingTheFix() {
    TableMap map = new TableBytes().column(WireType.LONG, "").map();

    assertThatThrownBy(() -> plan(map))
        .isInstanceOf(SchemaException.class)
        .hasMessageEndingWith(PlanCompiler.REMEDY);
  }

  @Test
  void hiddenColumnsAreThoseMissingInAFullImage() {
    TableMap map =
        new TableBytes()
            .column(WireType.LONG, "")
            .column(WireType.LONGLONG, "")
            .column(WireType.LONG, "")
            .map("8.0.15");
    BinlogRows rows =
        RowsBytes.insert(
            map,
            0b101,
            "00 01000000 02000000",
            table ->
                new TableSchema(
                    List.of(column("id", "int", null), column("n", "int", null)), List.of("id")));

    rows.next();

    assertThat(RowsBytes.cells(rows.after())).isEqualTo("{0=1, 1=2}");
  }

  @ParameterizedTest
  @CsvSource({
    "8.0.15, 80, true",
    "8.0.15, 00, false",
    "8.0.33, c0, true",
    "8.0.33, 80, false",
    "10.11.19-MariaDB, c0, true",
    "8.0.18, 00, false",
    "8.0.18, 40, false"
  })
  void yearCountsAsNumericDependingOnTheServerVersion(
      String server, String bits, boolean unsigned) {
    TableMap map =
        new TableBytes()
            .column(WireType.YEAR, "")
            .column(WireType.LONG, "")
            .field(1, new Bytes().hex(bits))
            .names("y", "n")
            .map(server);

    assertThat(plan(map).columns().get(1).unsigned()).isEqualTo(unsigned);
  }

  @Test
  void ambiguousSignednessComesFromTheSchema() {
    TableMap map =
        new TableBytes()
            .column(WireType.YEAR, "")
            .column(WireType.LONG, "")
            .field(1, new Bytes().hex("80"))
            .names("y", "n")
            .map("8.0.18");

    assertThatThrownBy(() -> plan(map)).hasMessageContaining("does not contain its sign");
    RowPlan plan = plan(map, column("y", "year", null), column("n", "int unsigned", null));
    assertThat(plan.columns().get(1).unsigned()).isTrue();
  }

  private static TableBytes sixteenBytes() {
    return new TableBytes()
        .column(WireType.STRING, "fe10")
        .field(3, new Bytes().hex("3f"))
        .names("key");
  }

  @Test
  void uuidIsKnownOnlyFromTheSchema() {
    TableMap map = sixteenBytes().map(MARIADB);

    assertThat(plan(map, column("key", "uuid", null)).columns().get(0).type())
        .isEqualTo(ColumnType.UUID);
    assertThat(plan(map).columns().get(0).type()).isEqualTo(ColumnType.BINARY);
  }

  @Test
  void uuidColumnThatHasChangedIsRejected() {
    TableMap map = sixteenBytes().map(MARIADB);

    assertThatThrownBy(() -> plan(map, column("key", "varchar(36)", "utf8mb4")))
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith(
            "mall_db.goods column 1 \"key\": information_schema has varchar(36), the TABLE_MAP"
                + " has CHAR or BINARY of 16 bytes");
  }

  @Test
  void binaryColumnsOfMysqlNeedNoSchema() {
    assertThat(plan(sixteenBytes().map(), column("other", "int", null)).columns().get(0).type())
        .isEqualTo(ColumnType.BINARY);
  }

  @Test
  void oldTemporalsOfMariadbNeedTheSchema() {
    TableMap map = new TableBytes().column(WireType.TIME, "").names("t").map(MARIADB);

    assertThatThrownBy(() -> plan(map))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("does not contain its decimals");
    assertThat(plan(map, column("t", "time(3) /* mariadb-5.3 */", null)).columns().get(0))
        .extracting(Column::decimals)
        .isEqualTo(3);
  }

  @Test
  void unknownMetadataIsSkipped() {
    TableMap map =
        new TableBytes()
            .column(WireType.DATE, "")
            .field(99, new Bytes().hex("010203"))
            .names("d")
            .map();

    assertThat(plan(map).columns()).hasSize(1);
  }
}
