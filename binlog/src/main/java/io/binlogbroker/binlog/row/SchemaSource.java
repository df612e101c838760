package io.binlogbroker.binlog.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a TABLE_MAP leaves out: names, keys, labels, MariaDB's own types. The seam behind
 * which information_schema or a catalogue by position stands.
 */
public interface SchemaSource {
  /**
   * Columns of a table as they were when the TABLE_MAP was written, as far as is known.
   *
   * @return null when the table is unknown
   */
  @Nullable TableSchema describe(TableMap table);

  /**
   * As {@link #describe(TableMap)}, for a source that knows more than one answer.
   *
   * @param fit whether an answer can be right
   */
  default @Nullable TableSchema describe(TableMap table, Fit fit) {
    return describe(table);
  }

  /** Holds column lists against a TABLE_MAP and the rows at hand. */
  interface Fit {
    /** What speaks against a list; null when nothing does. */
    @Nullable String disagreement(TableSchema schema);
  }

  /**
   * @param columns in table order
   * @param primaryKey names in key order
   * @param origin what this is known from, for people: a subject to which "says" fits
   */
  record TableSchema(List<ColumnSchema> columns, List<String> primaryKey, String origin) {
    /** Begins the name of a column that the log has but no statement can name. */
    public static final String HIDDEN_PREFIX = "!hidden!";

    public TableSchema {
      columns = List.copyOf(columns);
      primaryKey = List.copyOf(primaryKey);
    }

    /** As the server shows it. */
    public TableSchema(List<ColumnSchema> columns, List<String> primaryKey) {
      this(columns, primaryKey, "information_schema");
    }
  }

  /**
   * @param name as information_schema.COLUMNS has it
   * @param columnType COLUMN_TYPE, as {@code int(10) unsigned} or {@code enum('a','b')}
   * @param dataType DATA_TYPE, as {@code int}, {@code uuid}
   * @param nullable IS_NULLABLE
   * @param characterSet CHARACTER_SET_NAME; null for what has none
   * @param virtual whether it is generated when it is read: EXTRA says VIRTUAL GENERATED
   */
  record ColumnSchema(
      String name,
      String columnType,
      String dataType,
      boolean nullable,
      @Nullable String characterSet,
      boolean virtual) {

    /** A column that is stored. */
    public ColumnSchema(
        String name,
        String columnType,
        String dataType,
        boolean nullable,
        @Nullable String characterSet) {
      this(name, columnType, dataType, nullable, characterSet, false);
    }

    /** The same column under another name. */
    public ColumnSchema withName(String other) {
      return new ColumnSchema(other, columnType, dataType, nullable, characterSet, virtual);
    }

    /** The same column with another type. */
    public ColumnSchema withType(
        String otherColumnType, String otherDataType, @Nullable String otherCharacterSet) {
      return new ColumnSchema(
          name, otherColumnType, otherDataType, nullable, otherCharacterSet, virtual);
    }

    /** The same column, which is never NULL. */
    public ColumnSchema withoutNull() {
      return new ColumnSchema(name, columnType, dataType, false, characterSet, virtual);
    }
  }
}
