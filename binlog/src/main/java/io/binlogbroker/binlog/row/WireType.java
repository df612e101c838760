package io.binlogbroker.binlog.row;

/** The type codes of a TABLE_MAP, and the number of metadata bytes of each. */
final class WireType {
  static final int DECIMAL = 0;
  static final int TINY = 1;
  static final int SHORT = 2;
  static final int LONG = 3;
  static final int FLOAT = 4;
  static final int DOUBLE = 5;
  static final int NULL = 6;
  static final int TIMESTAMP = 7;
  static final int LONGLONG = 8;
  static final int INT24 = 9;
  static final int DATE = 10;
  static final int TIME = 11;
  static final int DATETIME = 12;
  static final int YEAR = 13;
  static final int NEWDATE = 14;
  static final int VARCHAR = 15;
  static final int BIT = 16;
  static final int TIMESTAMP2 = 17;
  static final int DATETIME2 = 18;
  static final int TIME2 = 19;
  static final int BLOB_COMPRESSED = 140;
  static final int VARCHAR_COMPRESSED = 141;
  static final int VECTOR = 242;
  static final int TYPED_ARRAY = 244;
  static final int JSON = 245;
  static final int NEWDECIMAL = 246;
  static final int ENUM = 247;
  static final int SET = 248;
  static final int TINY_BLOB = 249;
  static final int MEDIUM_BLOB = 250;
  static final int LONG_BLOB = 251;
  static final int BLOB = 252;
  static final int VAR_STRING = 253;
  static final int STRING = 254;
  static final int GEOMETRY = 255;

  private WireType() {}

  /** Number of metadata bytes; -1 for an unknown code. */
  static int metaBytes(int type) {
    return switch (type) {
      case DECIMAL,
          TINY,
          SHORT,
          LONG,
          NULL,
          TIMESTAMP,
          LONGLONG,
          INT24,
          DATE,
          TIME,
          DATETIME,
          YEAR,
          NEWDATE ->
          0;
      case FLOAT,
          DOUBLE,
          TIMESTAMP2,
          DATETIME2,
          TIME2,
          VECTOR,
          JSON,
          TINY_BLOB,
          MEDIUM_BLOB,
          LONG_BLOB,
          BLOB,
          GEOMETRY,
          BLOB_COMPRESSED ->
          1;
      case VARCHAR, BIT, VARCHAR_COMPRESSED, NEWDECIMAL, ENUM, SET, STRING, VAR_STRING -> 2;
      default -> -1;
    };
  }

  /** Whether SIGNEDNESS has a bit for the type; YEAR depends on the server's version. */
  static boolean isNumeric(int type) {
    return switch (type) {
      case DECIMAL, TINY, SHORT, INT24, LONG, LONGLONG, FLOAT, DOUBLE, NEWDECIMAL -> true;
      default -> false;
    };
  }

  static boolean isBlob(int type) {
    return type >= TINY_BLOB && type <= BLOB;
  }
}
