package io.binlogbroker.binlog.row;

/**
 * How many bytes the cells of each column take, as far as a TABLE_MAP alone tells: all that is
 * needed to pass over rows. Asks for no names, labels or character sets, refuses nothing.
 * Stateless.
 */
final class CellWidths {
  /** Only the table's schema tells. */
  static final int UNKNOWN = Integer.MIN_VALUE;

  private CellWidths() {}

  /** Bytes of a cell, or minus the bytes of the length in front of it; else {@link #UNKNOWN}. */
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
      case WireType.BIT -> within((meta >> 8) + ((meta & 0xFF) > 0 ? 1 : 0), 1, 8);
      case WireType.ENUM, WireType.SET -> within(meta >> 8, 1, 8);
      case WireType.VARCHAR, WireType.VAR_STRING, WireType.VARCHAR_COMPRESSED ->
          meta < 256 ? -1 : -2;
      case WireType.STRING -> map.stringLength(column) < 256 ? -1 : -2;
      case WireType.DATETIME2 -> fractional(5, meta);
      case WireType.TIMESTAMP2 -> fractional(4, meta);
      case WireType.TIME2 -> fractional(3, meta);
      case WireType.DATETIME -> old(map, 8);
      case WireType.TIMESTAMP -> old(map, 4);
      case WireType.TIME -> old(map, 3);
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

  /** MariaDB's may have decimals, of which the TABLE_MAP says nothing. */
  private static int old(TableMap map, int width) {
    return map.server().mariaDb() ? UNKNOWN : width;
  }

  private static int prefixed(int type, int meta) {
    boolean hasLength =
        WireType.isBlob(type)
            || type == WireType.BLOB_COMPRESSED
            || type == WireType.JSON
            || type == WireType.GEOMETRY
            || type == WireType.VECTOR;
    int bytes = hasLength ? within(meta, 1, 4) : UNKNOWN;
    return bytes == UNKNOWN ? UNKNOWN : -bytes;
  }

  private static int within(int bytes, int least, int most) {
    return bytes >= least && bytes <= most ? bytes : UNKNOWN;
  }
}
