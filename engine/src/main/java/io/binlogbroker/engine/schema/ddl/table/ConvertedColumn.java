package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.schema.ddl.sql.Charsets;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import org.jspecify.annotations.Nullable;

/** Computes a column after ALTER TABLE ... CONVERT TO CHARACTER SET. Stateless. */
final class ConvertedColumn {
  /**
   * Some later version starts to size a column modified together with CONVERT TO by its old size.
   */
  private static final int LAST_AS_DECLARED = 80_012;

  private static final int FIRST_BY_CONTENT = 80_033;

  private static final int MAX_LENGTH_OF_TEXT = 65_535;

  private ConvertedColumn() {}

  /**
   * A column that the statement does not mention.
   *
   * @throws DdlException if its type is not certain
   */
  static ColumnSchema of(ColumnSchema column, String to, SqlDialect dialect) {
    String from = column.characterSet();
    if (from == null || from.equals(Charsets.BINARY) || from.equals(to)) {
      return column;
    }
    if (isLabelled(column)) {
      requireSameLabels(column, from, to);
      return column.withType(column.columnType(), column.dataType(), withoutBinary(to));
    }
    String type = typeOf(column, from, to, dialect);
    String rest = column.columnType().substring(column.dataType().length());
    boolean same = type.equals(column.dataType());
    boolean sized = same || type.endsWith("binary");
    String suffix = sized ? rest : rest.substring(rest.indexOf(')') + 1);
    return column.withType(type + suffix, type, withoutBinary(to));
  }

  private static @Nullable String withoutBinary(String charset) {
    return charset.equals(Charsets.BINARY) ? null : charset;
  }

  private static boolean isLabelled(ColumnSchema column) {
    return column.dataType().equals("enum") || column.dataType().equals("set");
  }

  /**
   * Servers keep the bytes of labels, even if they have another meaning in the new character set.
   */
  private static void requireSameLabels(ColumnSchema column, String from, String to) {
    boolean same =
        !Charsets.isWide(from)
            && !Charsets.isWide(to)
            && column.columnType().chars().allMatch(ConvertedColumn::isSameInAll);
    if (!same) {
      throw new DdlException(
          "CONVERT TO keeps the bytes of the labels of "
              + column.name()
              + ", which have another meaning in "
              + to);
    }
  }

  /** Some character sets have letters where ASCII has brackets, a backslash or a tilde. */
  private static boolean isSameInAll(int letter) {
    return letter >= ' ' && letter < 0x7F && "[\\]^`{|}~@#$".indexOf(letter) < 0;
  }

  private static String typeOf(ColumnSchema column, String from, String to, SqlDialect dialect) {
    if (to.equals(Charsets.BINARY)) {
      return Charsets.binaryTwin(column.dataType());
    }
    long capacity = TextSize.bytes(column.dataType());
    if (capacity >= 0) {
      boolean grows = Charsets.maxBytes(to) > Charsets.maxBytes(from);
      return grows ? textFor(capacity / Charsets.maxBytes(from), to) : column.dataType();
    }
    ReadType same = ReadType.of(column.dataType(), arguments(column.columnType()));
    return same.resolved(to, dialect).base();
  }

  private static String arguments(String columnType) {
    int open = columnType.indexOf('(');
    return open < 0 ? "" : columnType.substring(open, columnType.indexOf(')') + 1);
  }

  private static String textFor(long characters, String charset) {
    return TextSize.of(characters * Charsets.maxBytes(charset)) + "text";
  }

  /**
   * A column that the statement modifies. MySQL sizes a TEXT or BLOB without a length by the old
   * column, whatever its name, except the longest (observed on 8.0.33, not on 8.0.12, 5.7.22 and
   * MariaDB).
   *
   * @param definition in the new character set
   * @throws DdlException if its type is not certain
   */
  static ColumnSchema modified(ReadColumn definition, ColumnSchema before, SqlDialect dialect) {
    ColumnSchema column = definition.column();
    boolean asDeclared =
        dialect.mariaDb()
            || dialect.version() <= LAST_AS_DECLARED
            || definition.sized()
            || column.dataType().equals("json")
            || column.dataType().startsWith("long")
            || TextSize.bytes(column.dataType()) < 0;
    if (asDeclared) {
      return column;
    }
    String charset = column.characterSet();
    String kind = charset == null ? "blob" : "text";
    long bytes = characters(before) * (charset == null ? 1 : Charsets.maxBytes(charset));
    String made = TextSize.of(bytes) + kind;
    if (!made.equals(column.dataType()) && dialect.version() < FIRST_BY_CONTENT) {
      throw unclear(column, "its size depends on the server's version");
    }
    return column.withType(made, made, charset);
  }

  private static long characters(ColumnSchema before) {
    long capacity = TextSize.bytes(before.dataType());
    String charset = before.characterSet();
    if (capacity >= 0) {
      return capacity / (charset == null ? 1 : Charsets.maxBytes(charset));
    }
    return switch (before.dataType()) {
      case "char", "varchar", "binary", "varbinary" -> {
        String given = arguments(before.columnType());
        yield Math.min(MAX_LENGTH_OF_TEXT, DeclaredLength.inParentheses(given));
      }
      default -> throw unclear(before, "its size depends on the old column");
    };
  }

  private static DdlException unclear(ColumnSchema column, String why) {
    return new DdlException(
        "The column " + column.name() + " is modified together with CONVERT TO, and " + why);
  }
}
