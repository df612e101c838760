package io.binlogbroker.broker.ddl;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column's type as a statement spells it, before it is known in which character set.
 *
 * @param base as information_schema.COLUMNS.DATA_TYPE spells it
 * @param arguments with their parentheses; empty without
 * @param labels of an ENUM or SET
 * @param charset that the type itself means; null for the table's default, or none
 */
record ReadType(String base, String arguments, List<String> labels, @Nullable String charset) {
  static ReadType of(String base) {
    return new ReadType(base, "", List.of(), null);
  }

  static ReadType of(String base, String arguments) {
    return new ReadType(base, arguments, List.of(), null);
  }

  static ReadType labelled(String base, List<String> labels) {
    return new ReadType(base, "", labels, null);
  }

  ReadType in(String explicit) {
    return new ReadType(base, arguments, labels, explicit);
  }

  boolean hasCharset() {
    return switch (base) {
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set" -> true;
      default -> false;
    };
  }

  /** The type that the server makes of this one in a character set. */
  ReadType resolved(String charset) {
    if (base.equals("text") && !arguments.isEmpty()) {
      long characters = Long.parseLong(arguments.substring(1, arguments.length() - 1));
      return of(textFor(characters * Charsets.maxBytes(charset))).resolved(charset);
    }
    return charset.equals(Charsets.BINARY) ? of(binaryTwin(), arguments, labels) : in(charset);
  }

  private static ReadType of(String base, String arguments, List<String> labels) {
    return new ReadType(base, arguments, labels, null);
  }

  private static String textFor(long bytes) {
    return bytes < 1 << 8 ? "tinytext" : lengthened("text", bytes);
  }

  private static String lengthened(String kind, long bytes) {
    return (bytes < 1 << 16 ? "" : bytes < 1 << 24 ? "medium" : "long") + kind;
  }

  /** BLOB(n) is the smallest BLOB that holds n bytes. */
  static ReadType blobFor(long bytes) {
    return of(bytes < 1 << 8 ? "tinyblob" : lengthened("blob", bytes));
  }

  private String binaryTwin() {
    return switch (base) {
      case "char" -> "binary";
      case "varchar" -> "varbinary";
      case "tinytext", "text", "mediumtext", "longtext" -> base.replace("text", "blob");
      default -> base;
    };
  }

  /** As information_schema.COLUMNS.COLUMN_TYPE spells it. */
  String columnType(boolean unsigned, boolean compressed) {
    String list = labels.stream().map(ReadType::quoted).collect(Collectors.joining(","));
    String type = base + (labels.isEmpty() ? arguments : "(" + list + ")");
    return type + (unsigned ? " unsigned" : "") + (compressed ? " /*M!100301 COMPRESSED*/" : "");
  }

  /** As information_schema spells it. */
  private static String quoted(String label) {
    String escaped =
        label
            .replace("\\", "\\\\")
            .replace("\0", "\\0")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("'", "''");
    return "'" + escaped + "'";
  }
}
