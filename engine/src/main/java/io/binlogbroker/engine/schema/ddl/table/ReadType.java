package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.engine.schema.ddl.sql.Charsets;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
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
record ReadType(String base, String arguments, List<ReadLabel> labels, @Nullable String charset) {
  private static final int MAX_VARCHAR = 65_535;

  /** Two bytes of length and one for NULL are counted in. */
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

  /** Whether a length says how much it holds. */
  boolean isSized() {
    return !arguments.isEmpty();
  }

  /**
   * The type that the server makes of this one in a character set.
   *
   * @throws DdlException where that cannot be told
   */
  ReadType resolved(String inForce, SqlDialect dialect) {
    if (base.equals("text") && isSized()) {
      return textFor(bytes(inForce), dialect).resolved(inForce, dialect);
    }
    if (base.equals("varchar") && bytes(inForce) > maxVarchar(dialect)) {
      return textFor(bytes(inForce), dialect).resolved(inForce, dialect);
    }
    List<ReadLabel> stored =
        labels.stream().map(label -> label.stored(inForce, dialect.literals())).toList();
    return inForce.equals(Charsets.BINARY)
        ? new ReadType(Charsets.binaryTwin(base), arguments, stored, null).fitted(dialect)
        : new ReadType(base, arguments, stored, inForce);
  }

  private long bytes(String inForce) {
    return length() * Charsets.maxBytes(inForce);
  }

  private long length() {
    return DeclaredLength.inParentheses(arguments);
  }

  /** The type that the server makes of one without a character set. */
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

  /** As information_schema.COLUMNS.COLUMN_TYPE spells it. */
  String columnType(boolean unsigned, boolean compressed) {
    String list = labels.stream().map(ReadLabel::shown).collect(Collectors.joining(","));
    String type = base + (labels.isEmpty() ? arguments : "(" + list + ")");
    return type + (unsigned ? " unsigned" : "") + (compressed ? " /*M!100301 COMPRESSED*/" : "");
  }
}
