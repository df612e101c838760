package io.binlogbroker.binlog.row.column;

/** The type codes of a TABLE_MAP, and the number of metadata bytes of each. */
public final class WireType {
  static final int DECIMAL = 0;
  public static final int TINY = 1;
  public static final int SHORT = 2;
  public static final int LONG = 3;
  public static final int FLOAT = 4;
  public static final int DOUBLE = 5;
  static final int NULL = 6;
  public static final int TIMESTAMP = 7;
  public static final int LONGLONG = 8;
  public static final int INT24 = 9;
  public static final int DATE = 10;
  public static final int TIME = 11;
  public static final int DATETIME = 12;
  public static final int YEAR = 13;
  public static final int NEWDATE = 14;
  public static final int VARCHAR = 15;
  public static final int BIT = 16;
  public static final int TIMESTAMP2 = 17;
  public static final int DATETIME2 = 18;
  public static final int TIME2 = 19;
  public static final int BLOB_COMPRESSED = 140;
  public static final int VARCHAR_COMPRESSED = 141;
  public static final int VECTOR = 242;
  public static final int TYPED_ARRAY = 244;
  public static final int JSON = 245;
  public static final int NEWDECIMAL = 246;
  public static final int ENUM = 247;
  public static final int SET = 248;
  static final int TINY_BLOB = 249;
  static final int MEDIUM_BLOB = 250;
  static final int LONG_BLOB = 251;
  public static final int BLOB = 252;
  public static final int VAR_STRING = 253;
  public static final int STRING = 254;
  public static final int GEOMETRY = 255;

  private WireType() {}

  /** Number of metadata bytes; -1 for an unknown code. */
  public static int metaBytes(int type) {
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
  public static boolean isNumeric(int type) {
    return switch (type) {
      case DECIMAL, TINY, SHORT, INT24, LONG, LONGLONG, FLOAT, DOUBLE, NEWDECIMAL -> true;
      default -> false;
    };
  }

  public static boolean isBlob(int type) {
    return type >= TINY_BLOB && type <= BLOB;
  }
}
