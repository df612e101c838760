package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.cell.ColumnShape;
import io.binlogbroker.binlog.row.cell.TemporalCells;
import io.binlogbroker.binlog.row.column.CellKind;
import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.row.column.WireType;
import io.binlogbroker.binlog.row.text.DecimalText;
import io.binlogbroker.binlog.row.text.MysqlCharset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Determines the format of one column's cells from its TABLE_MAP and, for what it omits, its
 * schema. Throws if the format is uncertain. Used once per column and TABLE_MAP.
 */
final class ShapeCompiler {
  private final TableMap map;
  private final int column;
  private final int meta;
  private final @Nullable ColumnSchema schema;

  /**
   * @param schema a column that matches the TABLE_MAP; null if unknown or not needed
   */
  ShapeCompiler(TableMap map, int column, @Nullable ColumnSchema schema) {
    this.map = map;
    this.column = column;
    this.meta = map.meta(column);
    this.schema = schema;
  }

  ColumnShape compile() {
    int type = map.realType(column);
    return switch (type) {
      case WireType.TINY -> integer(ColumnType.TINYINT, CellKind.I8, CellKind.U8, 1);
      case WireType.SHORT -> integer(ColumnType.SMALLINT, CellKind.I16, CellKind.U16, 2);
      case WireType.INT24 -> integer(ColumnType.MEDIUMINT, CellKind.I24, CellKind.U24, 3);
      case WireType.LONG -> integer(ColumnType.INT, CellKind.I32, CellKind.U32, 4);
      case WireType.LONGLONG -> integer(ColumnType.BIGINT, CellKind.I64, CellKind.U64, 8);
      case WireType.FLOAT -> integer(ColumnType.FLOAT, CellKind.FLOAT, CellKind.FLOAT, 4);
      case WireType.DOUBLE -> integer(ColumnType.DOUBLE, CellKind.DOUBLE, CellKind.DOUBLE, 8);
      case WireType.NEWDECIMAL -> decimal();
      case WireType.YEAR -> ColumnShape.of(ColumnType.YEAR, CellKind.YEAR, 1);
      case WireType.BIT -> bit();
      case WireType.ENUM -> withLabels(ColumnType.ENUM, CellKind.ENUM, 2);
      case WireType.SET -> withLabels(ColumnType.SET, CellKind.SET, 8);
      case WireType.VARCHAR, WireType.VAR_STRING -> varchar();
      case WireType.STRING -> string();
      case WireType.BLOB_COMPRESSED -> blob(CellKind.COMPRESSED_TEXT, CellKind.COMPRESSED_BYTES);
      case WireType.VARCHAR_COMPRESSED -> compressedVarchar();
      case WireType.JSON -> prefixed(ColumnType.JSON, CellKind.JSON);
      case WireType.GEOMETRY -> prefixed(ColumnType.GEOMETRY, CellKind.GEOMETRY);
      case WireType.VECTOR -> prefixed(ColumnType.VECTOR, CellKind.VECTOR);
      case WireType.TYPED_ARRAY -> ColumnShape.of(ColumnType.JSON, CellKind.HIDDEN, -4);
      default -> WireType.isBlob(type) ? blob(CellKind.TEXT, CellKind.BYTES) : temporal(type);
    };
  }

  private ColumnShape integer(ColumnType type, CellKind signed, CellKind other, int width) {
    boolean unsigned = unsigned();
    return ColumnShape.number(type, unsigned ? other : signed, width, unsigned);
  }

  private boolean unsigned() {
    boolean[] logged = map.metadata().unsigned();
    if (logged != null) {
      return logged[column];
    }
    return ColumnDeclaration.parse(requireSchema("its sign").columnType()).unsigned();
  }

  private ColumnShape decimal() {
    int precision = meta & 0xFF;
    int scale = meta >> 8;
    require(DecimalText.isPossible(precision, scale), "precision and scale of a DECIMAL");
    int width = DecimalText.bytes(precision, scale);
    return ColumnShape.number(ColumnType.DECIMAL, CellKind.DECIMAL, width, unsigned())
        .withPrecision(precision, scale);
  }

  private ColumnShape bit() {
    int bits = (meta >> 8) * 8 + (meta & 0xFF);
    require((meta & 0xFF) < 8 && bits >= 1 && bits <= 64, "1 to 64 bits");
    return ColumnShape.of(ColumnType.BIT, CellKind.BIT, (bits + 7) / 8).withPrecision(bits, 0);
  }

  private ColumnShape withLabels(ColumnType type, CellKind kind, int maxBytes) {
    int width = meta >> 8;
    require(width >= 1 && width <= maxBytes, "1 to " + maxBytes + " bytes");
    return ColumnShape.of(type, kind, width).withLabels(labels());
  }

  private List<String> labels() {
    byte[][] logged = map.metadata().labels(column);
    if (logged == null) {
      return ColumnDeclaration.parse(requireSchema("its labels").columnType()).labels();
    }
    MysqlCharset charset = charset();
    List<String> labels = new ArrayList<>(logged.length);
    for (byte[] label : logged) {
      labels.add(charset.decode(label));
    }
    requireDeclared(labels);
    return labels;
  }

  /** If the character set comes from the schema, comparing the labels verifies it. */
  private void requireDeclared(List<String> labels) {
    if (map.metadata().collation(column) != 0) {
      return;
    }
    List<String> declared =
        ColumnDeclaration.parse(requireSchema("the character set of its labels").columnType())
            .labels();
    List<String> expected = labels.stream().map(ShapeCompiler::asInSchema).toList();
    if (!declared.equals(labels) && !declared.equals(expected)) {
      throw new SchemaException(
          map
              + " column "
              + (column + 1)
              + " has the labels "
              + labels
              + " but its column list has "
              + declared
              + PlanCompiler.CHANGED);
    }
  }

  /** information_schema has a ? for each character outside the basic multilingual plane. */
  private static String asInSchema(String label) {
    return label.replaceAll("[\\x{10000}-\\x{10FFFF}]", "?");
  }

  private ColumnShape varchar() {
    int width = meta < 256 ? -1 : -2;
    MysqlCharset charset = charset();
    if (!charset.isBinary()) {
      return ColumnShape.of(ColumnType.VARCHAR, CellKind.TEXT, width).withCharset(charset);
    }
    return is("vector")
        ? ColumnShape.of(ColumnType.VECTOR, CellKind.VECTOR, width)
        : ColumnShape.of(ColumnType.VARBINARY, CellKind.BYTES, width);
  }

  private ColumnShape compressedVarchar() {
    int width = meta < 256 ? -1 : -2;
    MysqlCharset charset = charset();
    return charset.isBinary()
        ? ColumnShape.of(ColumnType.VARBINARY, CellKind.COMPRESSED_BYTES, width)
        : ColumnShape.of(ColumnType.VARCHAR, CellKind.COMPRESSED_TEXT, width).withCharset(charset);
  }

  private ColumnShape string() {
    int length = map.stringLength(column);
    int width = length < 256 ? -1 : -2;
    MysqlCharset charset = charset();
    if (!charset.isBinary()) {
      return ColumnShape.of(ColumnType.CHAR, CellKind.TEXT, width).withCharset(charset);
    }
    if (is("uuid")) {
      return ColumnShape.of(ColumnType.UUID, CellKind.UUID, width);
    }
    if (is("inet6")) {
      return ColumnShape.of(ColumnType.INET6, CellKind.INET6, width);
    }
    if (is("inet4")) {
      return ColumnShape.of(ColumnType.INET4, CellKind.INET4, width);
    }
    return ColumnShape.of(ColumnType.BINARY, CellKind.PADDED_BYTES, width).withPrecision(length, 0);
  }

  private ColumnShape blob(CellKind text, CellKind bytes) {
    MysqlCharset charset = charset();
    return charset.isBinary()
        ? prefixed(ColumnType.BLOB, bytes)
        : prefixed(ColumnType.TEXT, text).withCharset(charset);
  }

  private ColumnShape prefixed(ColumnType type, CellKind kind) {
    require(meta >= 1 && meta <= 4, "1 to 4 length bytes");
    return ColumnShape.of(type, kind, -meta);
  }

  private ColumnShape temporal(int type) {
    return switch (type) {
      case WireType.DATE -> ColumnShape.of(ColumnType.DATE, CellKind.DATE, 3);
      case WireType.DATETIME2 -> fractional(ColumnType.DATETIME, CellKind.DATETIME2, 5);
      case WireType.TIMESTAMP2 -> fractional(ColumnType.TIMESTAMP, CellKind.TIMESTAMP2, 4);
      case WireType.TIME2 -> fractional(ColumnType.TIME, CellKind.TIME2, 3);
      case WireType.DATETIME -> oldDatetime(oldDecimals());
      case WireType.TIMESTAMP -> oldTimestamp(oldDecimals());
      case WireType.TIME -> oldTime(oldDecimals());
      default ->
          throw new SchemaException(
              map
                  + " column "
                  + (column + 1)
                  + " has wire type "
                  + type
                  + ", which MySQL 5.0 and later do not write; rebuild the table: ALTER TABLE ..."
                  + " FORCE");
    };
  }

  private ColumnShape fractional(ColumnType type, CellKind kind, int width) {
    require(meta <= 6, "at most 6 decimals");
    return ColumnShape.of(type, kind, width + TemporalCells.fractionBytes(meta))
        .withPrecision(0, meta);
  }

  /** MariaDB's old formats may have decimals, which are not in the TABLE_MAP. */
  private int oldDecimals() {
    if (!map.server().mariaDb()) {
      return 0;
    }
    ColumnSchema known = requireSchema("its decimals, which determine its length");
    int decimals = ColumnDeclaration.parse(known.columnType()).argument(0, 0);
    require(decimals <= 6, "at most 6 decimals");
    return decimals;
  }

  private static ColumnShape oldDatetime(int decimals) {
    return decimals == 0
        ? ColumnShape.of(ColumnType.DATETIME, CellKind.OLD_DATETIME, 8)
        : ColumnShape.of(
                ColumnType.DATETIME,
                CellKind.HIRES_DATETIME,
                TemporalCells.hiresDatetimeBytes(decimals))
            .withPrecision(0, decimals);
  }

  private static ColumnShape oldTimestamp(int decimals) {
    return decimals == 0
        ? ColumnShape.of(ColumnType.TIMESTAMP, CellKind.OLD_TIMESTAMP, 4)
        : ColumnShape.of(
                ColumnType.TIMESTAMP,
                CellKind.HIRES_TIMESTAMP,
                TemporalCells.hiresTimestampBytes(decimals))
            .withPrecision(0, decimals);
  }

  private static ColumnShape oldTime(int decimals) {
    return decimals == 0
        ? ColumnShape.of(ColumnType.TIME, CellKind.OLD_TIME, 3)
        : ColumnShape.of(
                ColumnType.TIME, CellKind.HIRES_TIME, TemporalCells.hiresTimeBytes(decimals))
            .withPrecision(0, decimals);
  }

  private MysqlCharset charset() {
    int collation = map.metadata().collation(column);
    if (collation != 0) {
      return MysqlCharset.ofCollation(collation);
    }
    String declared = requireSchema("its character set").characterSet();
    return declared == null || declared.isEmpty()
        ? MysqlCharset.ofCollation(MysqlCharset.BINARY_COLLATION)
        : MysqlCharset.ofName(declared);
  }

  private boolean is(String dataType) {
    return schema != null && schema.dataType().toLowerCase(Locale.ROOT).equals(dataType);
  }

  private ColumnSchema requireSchema(String what) {
    if (schema == null) {
      throw new SchemaException(
          map
              + " column "
              + (column + 1)
              + " is "
              + WireName.of(map, column)
              + "; the binary log does not contain "
              + what
              + ", and the table is unknown. "
              + PlanCompiler.REMEDY);
    }
    return schema;
  }

  private void require(boolean possible, String expected) {
    if (!possible) {
      throw new MalformedBytesException(
          "Expected %s but the TABLE_MAP of %s has %#x for column %d"
              .formatted(expected, map, meta, column + 1));
    }
  }
}
