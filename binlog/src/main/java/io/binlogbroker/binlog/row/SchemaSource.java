package io.binlogbroker.binlog.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Provides what a TABLE_MAP omits: names, keys, labels, MariaDB's own types. Implemented with
 * information_schema or with a catalogue by binlog position.
 */
public interface SchemaSource {
  /**
   * Columns of a table at the time when the TABLE_MAP was written, as far as known.
   *
   * @return null if the table is unknown
   */
  @Nullable TableSchema describe(TableMap table);

  /**
   * As {@link #describe(TableMap)}, for a source that has several column lists.
   *
   * @param fit checks whether a column list can be the right one
   */
  default @Nullable TableSchema describe(TableMap table, Fit fit) {
    return describe(table);
  }

  /** Compares column lists with a TABLE_MAP and the current rows. */
  interface Fit {
    /** Describes the difference; null if the list matches. */
    @Nullable String disagreement(TableSchema schema);
  }

  /**
   * @param columns in table order
   * @param primaryKey names in key order
   * @param origin where the columns come from, as the subject of "has" in messages
   */
  record TableSchema(List<ColumnSchema> columns, List<String> primaryKey, String origin) {
    /** Prefix of the name of a column that is in the log but cannot be used in statements. */
    public static final String HIDDEN_PREFIX = "!hidden!";

    public TableSchema {
      columns = List.copyOf(columns);
      primaryKey = List.copyOf(primaryKey);
    }

    /** Columns from information_schema. */
    public TableSchema(List<ColumnSchema> columns, List<String> primaryKey) {
      this(columns, primaryKey, "information_schema");
    }
  }

  /**
   * @param name COLUMN_NAME in information_schema.COLUMNS
   * @param columnType COLUMN_TYPE, such as {@code int(10) unsigned} or {@code enum('a','b')}
   * @param dataType DATA_TYPE, such as {@code int} or {@code uuid}
   * @param nullable IS_NULLABLE
   * @param characterSet CHARACTER_SET_NAME; null if there is none
   * @param virtual whether EXTRA contains VIRTUAL GENERATED
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

    /** The same column, declared NOT NULL. */
    public ColumnSchema withoutNull() {
      return new ColumnSchema(name, columnType, dataType, false, characterSet, virtual);
    }
  }
}
