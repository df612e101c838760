package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.row.cell.TemporalCells;
import io.binlogbroker.binlog.row.column.WireType;
import io.binlogbroker.binlog.row.text.DecimalText;

/**
 * The length in bytes of each column's cells, as far as it follows from a TABLE_MAP, which is
 * sufficient to skip rows. Does not use names, labels or character sets. Stateless.
 */
final class CellWidths {
  /** The length depends on the table's schema. */
  static final int UNKNOWN = Integer.MIN_VALUE;

  private CellWidths() {}

  /** Bytes of a cell, minus the number of its length bytes, or {@link #UNKNOWN}. */
  static int of(TableMap map, int column) {
    int type = map.realType(column);
    int meta = map.meta(column);
    return switch (type) {
      case WireType.TINY, WireType.YEAR -> 1;
      case WireType.SHORT -> 2;
      case WireType.INT24, WireType.DATE, WireType.NEWDATE -> 3;
      case WireType.LONG, WireType.FLOAT -> 4;
      case WireType.LONGLONG, WireType.DOUBLE -> 8;
      case WireType.NEWDECIMAL -> decimal(meta & 0xFF, meta >> 8);
      case WireType.BIT -> inRange((meta >> 8) + ((meta & 0xFF) > 0 ? 1 : 0), 1, 8);
      case WireType.ENUM, WireType.SET -> inRange(meta >> 8, 1, 8);
      case WireType.VARCHAR, WireType.VAR_STRING, WireType.VARCHAR_COMPRESSED ->
          meta < 256 ? -1 : -2;
      case WireType.STRING -> map.stringLength(column) < 256 ? -1 : -2;
      case WireType.DATETIME2 -> fractional(5, meta);
      case WireType.TIMESTAMP2 -> fractional(4, meta);
      case WireType.TIME2 -> fractional(3, meta);
      case WireType.DATETIME -> oldTemporal(map, 8);
      case WireType.TIMESTAMP -> oldTemporal(map, 4);
      case WireType.TIME -> oldTemporal(map, 3);
      case WireType.TYPED_ARRAY -> -4;
      default -> prefixed(type, meta);
    };
  }

  private static int decimal(int precision, int scale) {
    return DecimalText.isPossible(precision, scale) ? DecimalText.bytes(precision, scale) : UNKNOWN;
  }

  private static int fractional(int width, int decimals) {
    return decimals <= 6 ? width + TemporalCells.fractionBytes(decimals) : UNKNOWN;
  }

  /** MariaDB's may have decimals, which are not in the TABLE_MAP. */
  private static int oldTemporal(TableMap map, int width) {
    return map.server().mariaDb() ? UNKNOWN : width;
  }

  private static int prefixed(int type, int meta) {
    boolean hasLength =
        WireType.isBlob(type)
            || type == WireType.BLOB_COMPRESSED
            || type == WireType.JSON
            || type == WireType.GEOMETRY
            || type == WireType.VECTOR;
    int bytes = hasLength ? inRange(meta, 1, 4) : UNKNOWN;
    return bytes == UNKNOWN ? UNKNOWN : -bytes;
  }

  private static int inRange(int bytes, int min, int max) {
    return bytes >= min && bytes <= max ? bytes : UNKNOWN;
  }
}
