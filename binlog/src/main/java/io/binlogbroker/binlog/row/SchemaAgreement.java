package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.column.WireType;
import io.binlogbroker.binlog.row.text.MysqlCharset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether a column of information_schema matches a column of a TABLE_MAP: by type, length,
 * decimals and nullability, and by signedness and character set if the TABLE_MAP has them.
 * Stateless.
 */
final class SchemaAgreement {
  private SchemaAgreement() {}

  /** Describes the difference, for messages; null if they match. */
  static @Nullable String disagreement(TableMap map, int column, ColumnSchema schema) {
    ColumnDeclaration declared = ColumnDeclaration.parse(schema.columnType());
    if (!sameShape(map, column, schema, declared)) {
      return difference(schema.columnType(), WireName.of(map, column));
    }
    if (map.nullable(column) != schema.nullable()) {
      return difference(
          schema.nullable() ? "NULL" : "NOT NULL", map.nullable(column) ? "NULL" : "NOT NULL");
    }
    boolean[] unsigned = map.metadata().unsigned();
    if (unsigned != null
        && WireType.isNumeric(map.type(column))
        && unsigned[column] != declared.unsigned()) {
      return difference(schema.columnType(), unsigned[column] ? "UNSIGNED" : "signed");
    }
    return charsetDisagreement(map, column, schema);
  }

  private static @Nullable String charsetDisagreement(
      TableMap map, int column, ColumnSchema schema) {
    int collation = map.metadata().collation(column);
    if (collation == 0) {
      return null;
    }
    MysqlCharset wire = MysqlCharset.ofCollation(collation);
    String declared = schema.characterSet();
    boolean same =
        declared == null || declared.isEmpty()
            ? wire.isBinary()
            : wire == MysqlCharset.ofName(declared);
    return same ? null : difference("character set " + declared, wire.name());
  }

  private static String difference(String schema, String wire) {
    return schema + ", the TABLE_MAP has " + wire;
  }

  private static boolean sameShape(
      TableMap map, int column, ColumnSchema schema, ColumnDeclaration declared) {
    int type = map.realType(column);
    int meta = map.meta(column);
    return switch (declared.base()) {
      case "tinyint" -> type == WireType.TINY;
      case "smallint" -> type == WireType.SHORT;
      case "mediumint" -> type == WireType.INT24;
      case "int", "integer" -> type == WireType.LONG;
      case "bigint" -> type == WireType.LONGLONG;
      case "float" -> type == WireType.FLOAT;
      case "double", "real" -> type == WireType.DOUBLE;
      case "year" -> type == WireType.YEAR;
      case "date" -> type == WireType.DATE;
      case "decimal", "numeric" ->
          type == WireType.NEWDECIMAL
              && (meta & 0xFF) == declared.argument(0, 10)
              && meta >> 8 == declared.argument(1, 0);
      case "bit" ->
          type == WireType.BIT && (meta >> 8) * 8 + (meta & 0xFF) == declared.argument(0, 1);
      case "time" -> temporal(type, meta, WireType.TIME2, WireType.TIME, map, declared);
      case "datetime" -> temporal(type, meta, WireType.DATETIME2, WireType.DATETIME, map, declared);
      case "timestamp" ->
          temporal(type, meta, WireType.TIMESTAMP2, WireType.TIMESTAMP, map, declared);
      case "json" -> type == WireType.JSON || type == WireType.BLOB && meta == 4;
      case "vector" -> vector(type, meta, declared);
      case "enum" -> type == WireType.ENUM && meta >> 8 == enumBytes(declared.labels().size());
      case "set" -> type == WireType.SET && meta >> 8 == setBytes(declared.labels().size());
      case "uuid", "inet6" -> type == WireType.STRING && map.stringLength(column) == 16;
      case "inet4" -> type == WireType.STRING && map.stringLength(column) == 4;
      default -> sameStringShape(map, column, schema, declared);
    };
  }

  /** MySQL's old formats have no decimals; MariaDB marks them in the column type. */
  private static boolean temporal(
      int type, int meta, int now, int before, TableMap map, ColumnDeclaration declared) {
    if (type == now) {
      return !declared.oldTemporal() && meta == declared.argument(0, 0);
    }
    return type == before
        && (map.server().mariaDb() ? declared.oldTemporal() : declared.argument(0, 0) == 0);
  }

  private static boolean vector(int type, int meta, ColumnDeclaration declared) {
    return type == WireType.VECTOR
        || type == WireType.VARCHAR && meta == 4L * declared.argument(0, 0);
  }

  private static int enumBytes(int labels) {
    return labels > 255 ? 2 : 1;
  }

  /** One to four bytes as needed, otherwise eight. */
  private static int setBytes(int labels) {
    int bytes = (labels + 7) / 8;
    return bytes > 4 ? 8 : bytes;
  }

  private static boolean sameStringShape(
      TableMap map, int column, ColumnSchema schema, ColumnDeclaration declared) {
    int type = map.realType(column);
    int meta = map.meta(column);
    String base = declared.base().toLowerCase(Locale.ROOT);
    return switch (base) {
      case "char", "binary" ->
          type == WireType.STRING
              && map.stringLength(column) == bytes(schema, declared.argument(0, 1));
      case "varchar", "varbinary" -> {
        int bytes = bytes(schema, declared.argument(0, 0));
        yield declared.compressed()
            ? type == WireType.VARCHAR_COMPRESSED && meta == bytes + 1
            : (type == WireType.VARCHAR || type == WireType.VAR_STRING) && meta == bytes;
      }
      case "tinytext", "tinyblob" -> blob(type, meta, 1, declared);
      case "text", "blob" -> blob(type, meta, 2, declared);
      case "mediumtext", "mediumblob" -> blob(type, meta, 3, declared);
      case "longtext", "longblob" -> blob(type, meta, 4, declared);
      case "geometry",
          "point",
          "linestring",
          "polygon",
          "multipoint",
          "multilinestring",
          "multipolygon",
          "geometrycollection",
          "geomcollection" ->
          type == WireType.GEOMETRY;
      default -> false;
    };
  }

  private static boolean blob(int type, int meta, int lengthBytes, ColumnDeclaration declared) {
    int expected = declared.compressed() ? WireType.BLOB_COMPRESSED : WireType.BLOB;
    return type == expected && meta == lengthBytes;
  }

  private static int bytes(ColumnSchema schema, int characters) {
    String charset = schema.characterSet();
    return charset == null || charset.isEmpty()
        ? characters
        : characters * MysqlCharset.ofName(charset).maxBytes();
  }
}
