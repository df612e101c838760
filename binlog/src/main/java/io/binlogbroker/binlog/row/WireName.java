package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.row.column.WireType;

/** Describes a column of a TABLE_MAP in SQL's terms, for messages. Stateless. */
final class WireName {
  private WireName() {}

  static String of(TableMap map, int column) {
    int meta = map.meta(column);
    int type = map.realType(column);
    return switch (type) {
      case WireType.TINY -> "TINYINT";
      case WireType.SHORT -> "SMALLINT";
      case WireType.INT24 -> "MEDIUMINT";
      case WireType.LONG -> "INT";
      case WireType.LONGLONG -> "BIGINT";
      case WireType.FLOAT -> "FLOAT";
      case WireType.DOUBLE -> "DOUBLE";
      case WireType.NEWDECIMAL -> "DECIMAL(" + (meta & 0xFF) + "," + (meta >> 8) + ")";
      case WireType.YEAR -> "YEAR";
      case WireType.DATE -> "DATE";
      case WireType.TIME -> "TIME (old format)";
      case WireType.DATETIME -> "DATETIME (old format)";
      case WireType.TIMESTAMP -> "TIMESTAMP (old format)";
      case WireType.TIME2 -> "TIME(" + meta + ")";
      case WireType.DATETIME2 -> "DATETIME(" + meta + ")";
      case WireType.TIMESTAMP2 -> "TIMESTAMP(" + meta + ")";
      case WireType.VARCHAR, WireType.VAR_STRING -> "VARCHAR or VARBINARY of " + meta + " bytes";
      case WireType.VARCHAR_COMPRESSED -> "compressed VARCHAR of " + meta + " bytes";
      case WireType.STRING -> "CHAR or BINARY of " + map.stringLength(column) + " bytes";
      case WireType.ENUM -> "ENUM in " + (meta >> 8) + " bytes";
      case WireType.SET -> "SET in " + (meta >> 8) + " bytes";
      case WireType.BIT -> "BIT(" + ((meta >> 8) * 8 + (meta & 0xFF)) + ")";
      case WireType.BLOB -> "BLOB or TEXT with " + meta + " length bytes";
      case WireType.BLOB_COMPRESSED -> "compressed BLOB or TEXT with " + meta + " length bytes";
      case WireType.JSON -> "JSON";
      case WireType.GEOMETRY -> "GEOMETRY";
      case WireType.VECTOR -> "VECTOR";
      default -> "type " + type;
    };
  }
}
