package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides how the cells of one column are read, from its TABLE_MAP and, where that is silent, its
 * schema. Refuses what would be a guess. Used once per column and TABLE_MAP.
 */
final class ShapeCompiler {
  private final TableMap map;
  private final int column;
  private final int meta;
  private final @Nullable ColumnSchema schema;

  /**
   * @param schema that agrees with the TABLE_MAP; null when none is known or needed
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
      case WireType.ENUM -> labelled(ColumnType.ENUM, CellKind.ENUM, 2);
      case WireType.SET -> labelled(ColumnType.SET, CellKind.SET, 8);
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
    boolean[] told = map.metadata().unsigned();
    if (told != null) {
      return told[column];
    }
    return ColumnDeclaration.parse(needSchema("its sign").columnType()).unsigned();
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

  private ColumnShape labelled(ColumnType type, CellKind kind, int mostBytes) {
    int width = meta >> 8;
    require(width >= 1 && width <= mostBytes, "1 to " + mostBytes + " bytes");
    return ColumnShape.of(type, kind, width).withLabels(labels());
  }

  private List<String> labels() {
    byte[][] told = map.metadata().labels(column);
    if (told == null) {
      return ColumnDeclaration.parse(needSchema("its labels").columnType()).labels();
    }
    MysqlCharset charset = charset();
    List<String> labels = new ArrayList<>(told.length);
    for (byte[] label : told) {
      labels.add(charset.decode(label));
    }
    requireDeclared(labels);
    return labels;
  }

  /** Where only the schema tells their character set, the labels prove that it is the right one. */
  private void requireDeclared(List<String> labels) {
    if (map.metadata().collation(column) != 0) {
      return;
    }
    List<String> declared =
        ColumnDeclaration.parse(needSchema("the character set of its labels").columnType())
            .labels();
    List<String> shown = labels.stream().map(ShapeCompiler::asShown).toList();
    if (!declared.equals(labels) && !declared.equals(shown)) {
      throw new SchemaException(
          map
              + " column "
              + (column + 1)
              + " has the labels "
              + labels
              + " but its column list says "
              + declared
              + PlanCompiler.CHANGED);
    }
  }

  /** Servers show a ? for a character beyond the first plane. */
  private static String asShown(String label) {
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

  /** MariaDB's old formats may have decimals, of which the TABLE_MAP says nothing. */
  private int oldDecimals() {
    if (!map.server().mariaDb()) {
      return 0;
    }
    ColumnSchema known = needSchema("its decimals, which decide how many bytes it takes");
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
    String declared = needSchema("its character set").characterSet();
    return declared == null || declared.isEmpty()
        ? MysqlCharset.ofCollation(MysqlCharset.BINARY_COLLATION)
        : MysqlCharset.ofName(declared);
  }

  private boolean is(String dataType) {
    return schema != null && schema.dataType().toLowerCase(Locale.ROOT).equals(dataType);
  }

  private ColumnSchema needSchema(String what) {
    if (schema == null) {
      throw new SchemaException(
          map
              + " column "
              + (column + 1)
              + " is "
              + WireName.of(map, column)
              + "; the binary log does not tell "
              + what
              + ", and the table is not known. "
              + PlanCompiler.REMEDY);
    }
    return schema;
  }

  private void require(boolean possible, String expected) {
    if (!possible) {
      throw new MalformedBytesException(
          "Expected %s but the TABLE_MAP of %s says %#x for column %d"
              .formatted(expected, map, meta, column + 1));
    }
  }
}
