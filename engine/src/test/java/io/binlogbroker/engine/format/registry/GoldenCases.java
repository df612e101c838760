package io.binlogbroker.engine.format.registry;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.ChangeContext;
import io.binlogbroker.engine.format.FakeCell;
import io.binlogbroker.engine.format.FakeRowImage;
import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.MessageFormat.Operation;
import io.binlogbroker.engine.format.SampleTables;
import io.binlogbroker.engine.format.Written;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The changes whose messages are compared byte for byte with golden files, for every format. */
public final class GoldenCases {
  public static final long NOW = 1795337799801L;

  private GoldenCases() {}

  public record GoldenCase(
      String name,
      RowPlan plan,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after,
      boolean last) {
    GoldenCase(
        String name,
        RowPlan plan,
        Operation operation,
        @Nullable RowImage before,
        @Nullable RowImage after) {
      this(name, plan, operation, before, after, false);
    }

    /** The one message of the change. */
    public byte[] write(MessageFormat format) {
      ChangeContext context = context();
      context.snapshot(operation == Operation.READ);
      byte[] message = Written.one(format, plan, context, operation, before, after);
      return last ? format.lastOfSnapshot(message) : message;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public static ChangeContext context() {
    ChangeContext context = new ChangeContext("db_mall");
    context.begin(
        "7d49b361-e64f-11f1-ab7d-02fc00000001:23", 1, "binlog.000002", 398587600L, 1795337799789L);
    context.at(398587718L);
    context.row(0, NOW);
    return context;
  }

  public static List<GoldenCase> all() {
    return Stream.of(changes(), reads()).flatMap(List::stream).toList();
  }

  /** The changes that come from the binary log. */
  public static List<GoldenCase> changes() {
    return Stream.of(rows(), numbers(), texts(), times(), structures())
        .flatMap(List::stream)
        .toList();
  }

  /** The changes that come from a snapshot. */
  private static List<GoldenCase> reads() {
    return List.of(read("read", false), read("read-last", true));
  }

  private static GoldenCase read(String name, boolean last) {
    RowPlan goods = SampleTables.goods();
    FakeRowImage row = good(goods, 1, 7, "12.30", FakeCell.NULL);
    return new GoldenCase(name, goods, Operation.READ, null, row, last);
  }

  private static GoldenCase insert(String name, RowPlan plan, FakeCell... cells) {
    return new GoldenCase(name, plan, Operation.INSERT, null, FakeRowImage.of(plan, cells));
  }

  private static List<GoldenCase> rows() {
    RowPlan goods = SampleTables.goods();
    FakeRowImage before = good(goods, 1, 7, "12.30", FakeCell.NULL);
    FakeRowImage moved = good(goods, 1, 8, "12.30", FakeCell.NULL);
    return List.of(
        new GoldenCase("insert", goods, Operation.INSERT, null, before),
        new GoldenCase(
            "update",
            goods,
            Operation.UPDATE,
            before,
            good(goods, 1, 7, "13.00", FakeCell.text("x"))),
        new GoldenCase("delete", goods, Operation.DELETE, before, null),
        new GoldenCase(
            "update-minimal",
            goods,
            Operation.UPDATE,
            new FakeRowImage(goods).with("id", FakeCell.integer(1)),
            new FakeRowImage(goods).with("note", FakeCell.NULL)),
        new GoldenCase("key-change-leaves", goods, Operation.DELETE, before, null),
        new GoldenCase("key-change-arrives", goods, Operation.INSERT, null, moved),
        insert("null-in-every-column", goods, nulls(goods)));
  }

  private static FakeRowImage good(
      RowPlan goods, long id, long usrId, String price, FakeCell note) {
    return FakeRowImage.of(
        goods, FakeCell.integer(id), FakeCell.integer(usrId), FakeCell.decimal(price), note);
  }

  private static FakeCell[] nulls(RowPlan plan) {
    return plan.columns().stream().map(column -> FakeCell.NULL).toArray(FakeCell[]::new);
  }

  private static List<GoldenCase> numbers() {
    RowPlan integers =
        SampleTables.table("types", "integers")
            .with("tiny", ColumnType.TINYINT)
            .with("small", ColumnType.SMALLINT)
            .with("medium", ColumnType.MEDIUMINT)
            .with("int", ColumnType.INT)
            .with("big", ColumnType.BIGINT)
            .with("big_unsigned", ColumnType.BIGINT)
            .withBit("bit64", 64)
            .with("year", ColumnType.YEAR)
            .keyedBy("big");
    RowPlan bits =
        SampleTables.table("types", "bits")
            .withBit("b1", 1)
            .withBit("b9", 9)
            .withBit("b33", 33)
            .keyedBy();
    RowPlan reals =
        SampleTables.table("types", "reals")
            .with("f", ColumnType.FLOAT)
            .with("d", ColumnType.DOUBLE)
            .with("n", ColumnType.DECIMAL, 6)
            .keyedBy();
    return List.of(
        insert(
            "integers-least",
            integers,
            FakeCell.integer(-128),
            FakeCell.integer(-32768),
            FakeCell.integer(-8388608),
            FakeCell.integer(Integer.MIN_VALUE),
            FakeCell.integer(Long.MIN_VALUE),
            FakeCell.unsigned("0"),
            FakeCell.unsigned("0"),
            FakeCell.integer(0)),
        insert(
            "integers-greatest",
            integers,
            FakeCell.integer(255),
            FakeCell.integer(65535),
            FakeCell.integer(16777215),
            FakeCell.integer(4294967295L),
            FakeCell.integer(Long.MAX_VALUE),
            FakeCell.unsigned("18446744073709551615"),
            FakeCell.unsigned("18446744073709551615"),
            FakeCell.integer(2155)),
        insert(
            "bits",
            bits,
            FakeCell.unsigned("1"),
            FakeCell.unsigned("256"),
            FakeCell.unsigned("4294967297")),
        insert(
            "reals-small",
            reals,
            FakeCell.float32(0.1f),
            FakeCell.float64(0.1),
            FakeCell.decimal("-0.000001")),
        insert(
            "reals-large",
            reals,
            FakeCell.float32(3.4028235e38f),
            FakeCell.float64(1e100),
            FakeCell.decimal("99999999999999999999999999999.999999")),
        insert(
            "reals-least",
            reals,
            FakeCell.float32(Float.MIN_VALUE),
            FakeCell.float64(-4.9e-324),
            FakeCell.decimal("0.000000")),
        insert(
            "reals-plain",
            reals,
            FakeCell.float32(16777216f),
            FakeCell.float64(-1234.5),
            FakeCell.decimal("12.300000")));
  }

  private static List<GoldenCase> texts() {
    RowPlan texts =
        SampleTables.table("类型", "te\"xts")
            .with("c", ColumnType.CHAR)
            .with("na\\me", ColumnType.VARCHAR)
            .with("数量", ColumnType.TEXT)
            .keyedBy();
    RowPlan bytes =
        SampleTables.table("types", "bytes")
            .with("b", ColumnType.BINARY)
            .with("v", ColumnType.VARBINARY)
            .with("l", ColumnType.BLOB)
            .keyedBy();
    RowPlan labels =
        SampleTables.table("types", "labels")
            .with("e", ColumnType.ENUM, "new", "订单", "a\"b")
            .with("s", ColumnType.SET, "gift", "ord\"er", "vip")
            .keyedBy();
    return List.of(
        insert(
            "texts",
            texts,
            FakeCell.text("订单"),
            FakeCell.text("\"quoted\" back\\slash / 😀"),
            FakeCell.text("tab\there\nline\rfeed\b\f\u0001\u001f\u007f\u2028 end")),
        insert(
            "texts-empty", texts, FakeCell.text(""), FakeCell.text(" "), FakeCell.text("\ufffd")),
        insert(
            "bytes",
            bytes,
            FakeCell.binary("deadbeef"),
            FakeCell.binary("00"),
            FakeCell.binary("")),
        insert(
            "bytes-padding",
            bytes,
            FakeCell.binary("ff"),
            FakeCell.binary("fffe"),
            FakeCell.binary("fffefd")),
        insert("labels", labels, FakeCell.enumeration(2), FakeCell.set(5)),
        insert("labels-escaped", labels, FakeCell.enumeration(3), FakeCell.set(7)),
        insert("labels-empty", labels, FakeCell.enumeration(0), FakeCell.set(0)));
  }

  private static List<GoldenCase> times() {
    RowPlan whole = temporal("times", 0);
    RowPlan millis = temporal("times_millis", 3);
    RowPlan micros = temporal("times_micros", 6);
    RowPlan notNull =
        SampleTables.table("types", "not_null")
            .with("d", ColumnType.DATE)
            .notNull()
            .with("dt", ColumnType.DATETIME)
            .notNull()
            .with("ts", ColumnType.TIMESTAMP)
            .notNull()
            .with("t", ColumnType.TIME)
            .notNull()
            .keyedBy();
    return List.of(
        insert("times-zero-not-null", notNull, zeroTimes()),
        insert("times", whole, someTimes(0)),
        insert("times-millis", millis, someTimes(123000)),
        insert("times-micros", micros, someTimes(123000)),
        insert("times-zero", whole, zeroTimes()),
        insert("times-zero-micros", micros, zeroTimes()),
        insert(
            "times-edges",
            micros,
            FakeCell.date(9999, 12, 31),
            FakeCell.dateTime(9999, 12, 31, 23, 59, 59, 999999),
            FakeCell.timestamp(2147483647L, 999999),
            FakeCell.time(true, 838, 59, 59, 0)),
        insert(
            "times-partial",
            micros,
            FakeCell.date(2026, 0, 0),
            FakeCell.dateTime(0, 11, 0, 1, 2, 3, 4),
            FakeCell.timestamp(1, 0),
            FakeCell.time(true, 0, 0, 0, 1)));
  }

  private static RowPlan temporal(String table, int decimals) {
    return SampleTables.table("types", table)
        .with("d", ColumnType.DATE)
        .with("dt", ColumnType.DATETIME, decimals)
        .with("ts", ColumnType.TIMESTAMP, decimals)
        .with("t", ColumnType.TIME, decimals)
        .keyedBy();
  }

  private static FakeCell[] someTimes(int micros) {
    return new FakeCell[] {
      FakeCell.date(2026, 11, 22),
      FakeCell.dateTime(2026, 11, 22, 8, 24, 0, micros),
      FakeCell.timestamp(1795335840L, micros),
      FakeCell.time(false, 8, 24, 0, micros)
    };
  }

  private static FakeCell[] zeroTimes() {
    return new FakeCell[] {
      FakeCell.date(0, 0, 0),
      FakeCell.dateTime(0, 0, 0, 0, 0, 0, 0),
      FakeCell.timestamp(0, 0),
      FakeCell.time(false, 0, 0, 0, 0)
    };
  }

  private static List<GoldenCase> structures() {
    RowPlan structures =
        SampleTables.table("types", "structures")
            .with("j", ColumnType.JSON)
            .with("g", ColumnType.GEOMETRY)
            .with("v", ColumnType.VECTOR)
            .keyedBy();
    RowPlan mariadb =
        SampleTables.table("types", "mariadb")
            .with("u", ColumnType.UUID)
            .with("i4", ColumnType.INET4)
            .with("i6", ColumnType.INET6)
            .keyedBy("u");
    return List.of(
        insert(
            "structures",
            structures,
            FakeCell.json("{\"a\":[1,2.5],\"订\":\"\\\"\",\"n\":null}"),
            FakeCell.geometry(4326, "0101000000000000000000f03f0000000000000040"),
            FakeCell.vector("0000803f0000003f")),
        insert(
            "structures-bare",
            structures,
            FakeCell.json("18446744073709551615"),
            FakeCell.geometry(0, ""),
            FakeCell.vector("")),
        insert(
            "mariadb",
            mariadb,
            FakeCell.text("123e4567-e89b-12d3-a456-426655440000"),
            FakeCell.text("192.168.0.1"),
            FakeCell.text("2001:db8::ff00:42:8329")));
  }
}
