package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.engine.schema.ddl.sql.Charsets;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column's type as written in a statement, before its character set is known.
 *
 * @param base as in information_schema.COLUMNS.DATA_TYPE
 * @param arguments with their parentheses; empty without
 * @param labels of an ENUM or SET
 * @param charset that the type implies; null for the table's default, or none
 */
record ReadType(String base, String arguments, List<ReadLabel> labels, @Nullable String charset) {
  private static final int MAX_VARCHAR = 65_535;

  /** Includes two bytes for the length and one for NULL. */
  private static final int MAX_VARCHAR_OF_MARIADB = 65_532;

  static ReadType of(String base) {
    return new ReadType(base, "", List.of(), null);
  }

  static ReadType of(String base, String arguments) {
    return new ReadType(base, arguments, List.of(), null);
  }

  static ReadType labelled(String base, List<ReadLabel> labels) {
    return new ReadType(base, "", labels, null);
  }

  ReadType in(@Nullable String explicit) {
    return new ReadType(base, arguments, labels, explicit);
  }

  boolean hasCharset() {
    return switch (base) {
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set" -> true;
      default -> false;
    };
  }

  /** Whether it has a length. */
  boolean isSized() {
    return !arguments.isEmpty();
  }

  /**
   * The type that the server uses for this one in a character set.
   *
   * @throws DdlException if that is not certain
   */
  ReadType resolved(String charset, SqlDialect dialect) {
    if (base.equals("text") && isSized()) {
      return textFor(bytes(charset), dialect).resolved(charset, dialect);
    }
    if (base.equals("varchar") && bytes(charset) > maxVarchar(dialect)) {
      return textFor(bytes(charset), dialect).resolved(charset, dialect);
    }
    List<ReadLabel> stored =
        labels.stream().map(label -> label.stored(charset, dialect.literals())).toList();
    return charset.equals(Charsets.BINARY)
        ? new ReadType(Charsets.binaryTwin(base), arguments, stored, null).fitted(dialect)
        : new ReadType(base, arguments, stored, charset);
  }

  private long bytes(String charset) {
    return length() * Charsets.maxBytes(charset);
  }

  private long length() {
    return DeclaredLength.inParentheses(arguments);
  }

  /** The type that the server uses for one without a character set. */
  ReadType fitted(SqlDialect dialect) {
    boolean blob = base.equals("blob") && isSized();
    boolean long_ = base.equals("varbinary") && isSized() && length() > maxVarchar(dialect);
    return blob || long_ ? of(TextSize.of(length(), dialect) + "blob") : this;
  }

  private static int maxVarchar(SqlDialect dialect) {
    return dialect.mariaDb() ? MAX_VARCHAR_OF_MARIADB : MAX_VARCHAR;
  }

  private static ReadType textFor(long bytes, SqlDialect dialect) {
    return of(TextSize.of(bytes, dialect) + "text");
  }

  /** As in information_schema.COLUMNS.COLUMN_TYPE. */
  String columnType(boolean unsigned, boolean compressed) {
    String list = labels.stream().map(ReadLabel::shown).collect(Collectors.joining(","));
    String type = base + (labels.isEmpty() ? arguments : "(" + list + ")");
    return type + (unsigned ? " unsigned" : "") + (compressed ? " /*M!100301 COMPRESSED*/" : "");
  }
}
