package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import io.binlogbroker.binlog.row.cell.ColumnShape;
import io.binlogbroker.binlog.row.cell.RowLayout;
import io.binlogbroker.binlog.row.column.CellKind;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.row.column.WireType;
import io.binlogbroker.binlog.row.text.MysqlCharset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Creates a {@link RowLayout} from a TABLE_MAP and, only for what it omits, a {@link SchemaSource}.
 * Used by the thread that reads the stream, once per TABLE_MAP.
 */
final class PlanCompiler {
  static final String REMEDY =
      "Set binlog_row_metadata=FULL on the source: then each event describes its table"
          + " completely (MySQL 8.0.1 or MariaDB 10.5)";

  static final String CHANGED =
      "; the table has changed since this event was written, and what the binary log omits"
          + " is lost";

  private static final String LOG_FULL_IMAGE =
      ". The after image of an UPDATE omits columns, of which VIRTUAL ones may have changed."
          + " Set binlog_row_image=FULL on the source: then it omits none";

  /** Name of MariaDB's hidden column of a hash key; the number differs if the name is in use. */
  private static final Pattern HASH_COLUMN = Pattern.compile("DB_ROW_HASH_[0-9]+");

  private final SchemaSource source;

  PlanCompiler(SchemaSource source) {
    this.source = source;
  }

  /**
   * Compiles the layout of a table's rows.
   *
   * @param present whether the current rows event contains a column of the TABLE_MAP
   * @throws SchemaException if no known column list matches the TABLE_MAP
   */
  RowLayout compile(TableMap map, boolean[] present) {
    map.requireReadable();
    String[] names = map.metadata().names();
    if (names != null) {
      return compileFull(map, names);
    }
    TableSchema schema =
        source.describe(map, known -> new SchemaAlignment(map, known, present).disagreement());
    if (schema == null) {
      throw new SchemaException(
          "The columns of " + map + " are unknown: the binary log does not name them. " + REMEDY);
    }
    int[] planColumns = new SchemaAlignment(map, schema, present).align();
    @Nullable String[] known = new String[planColumns.length];
    for (int wire = 0; wire < known.length; wire++) {
      int column = planColumns[wire];
      known[wire] = column < 0 ? null : schema.columns().get(column).name();
    }
    return layout(map, known, wire -> schema.columns().get(planColumns[wire]), schema);
  }

  /**
   * Queries which columns are virtual, which a log that names the columns does not contain.
   *
   * @return whether a column is virtual, by plan column
   * @throws SchemaException if the table is unknown or has changed
   */
  boolean[] virtualColumns(TableMap map, RowLayout layout) {
    boolean[] virtual = new boolean[layout.columnCount()];
    if (layout.plan().primaryKey().size() == virtual.length) {
      return virtual; // a primary key cannot contain a virtual column
    }
    TableSchema schema = source.describe(map);
    for (int wire = 0; wire < map.columnCount(); wire++) {
      int column = layout.planColumn(wire);
      if (column >= 0 && column < virtual.length) {
        String name = layout.column(column).name();
        virtual[column] = known(map, wire, name, schema, LOG_FULL_IMAGE).virtual();
      }
    }
    return virtual;
  }

  /** The current column of information_schema; it must match the one in the log. */
  private static ColumnSchema known(
      TableMap map, int wireColumn, String name, @Nullable TableSchema schema, String remedy) {
    String where = map + " column " + (wireColumn + 1) + " \"" + name + "\"";
    ColumnSchema known = schema == null ? null : named(schema, name);
    if (schema == null || known == null) {
      throw new SchemaException(where + " is not in information_schema" + CHANGED + remedy);
    }
    String disagreement = SchemaAgreement.disagreement(map, wireColumn, known);
    if (disagreement != null) {
      throw new SchemaException(
          where + ": " + schema.origin() + " has " + disagreement + CHANGED + remedy);
    }
    return known;
  }

  private static @Nullable ColumnSchema named(TableSchema schema, String name) {
    for (ColumnSchema column : schema.columns()) {
      if (column.name().equalsIgnoreCase(name)) {
        return column;
      }
    }
    return null;
  }

  /**
   * Compiles a layout that can only be used to skip rows. Does not query the schema.
   *
   * @throws SchemaException if {@link TableMap#tellsLengths} is false
   */
  static RowLayout compileForSkipping(TableMap map) {
    if (!map.tellsLengths()) {
      throw new SchemaException(
          "The TABLE_MAP of "
              + map
              + " does not contain the lengths of its cells: its rows cannot be skipped one by"
              + " one");
    }
    List<Column> columns = new ArrayList<>();
    ColumnShape[] shapes = new ColumnShape[map.columnCount()];
    for (int wire = 0; wire < shapes.length; wire++) {
      ColumnShape shape = ColumnShape.of(ColumnType.BLOB, CellKind.BYTES, CellWidths.of(map, wire));
      shapes[wire] = shape;
      columns.add(column(wire, WireName.of(map, wire), map.nullable(wire), shape));
    }
    RowPlan plan = new RowPlan(map.schema(), map.table(), columns, List.of());
    int[] planColumns = IntStream.range(0, shapes.length).toArray();
    return new RowLayout(plan, shapes, planColumns, jsonColumns(map), null);
  }

  /** Finds the schema of a column in the plan. */
  private interface SchemaOfColumn {
    @Nullable ColumnSchema of(int wireColumn);
  }

  private RowLayout compileFull(TableMap map, String[] logged) {
    TableSchema hints = needsHints(map) ? source.describe(map) : null;
    @Nullable String[] names = new String[logged.length];
    for (int wire = 0; wire < names.length; wire++) {
      boolean hash = isHash(map, wire) && !names(hints, logged[wire]);
      boolean visible = !logged[wire].startsWith(TableSchema.HIDDEN_PREFIX);
      names[wire] = hash ? TableSchema.HIDDEN_PREFIX : visible ? logged[wire] : null;
    }
    return layout(
        map,
        names,
        wire -> isHidden(names[wire]) ? null : hint(map, wire, logged[wire], hints),
        null);
  }

  /** If a user has a column of that name, MariaDB uses the next number. */
  private static boolean isHash(TableMap map, int column) {
    String[] names = map.metadata().names();
    return names != null
        && map.server().mariaDb()
        && map.type(column) == WireType.LONGLONG
        && HASH_COLUMN.matcher(names[column]).matches();
  }

  private static boolean names(@Nullable TableSchema hints, String column) {
    return hints != null && named(hints, column) != null;
  }

  /** Whether {@link #compile} does not query the schema. */
  static boolean isSelfContained(TableMap map) {
    return map.metadata().isFull() && !needsHints(map);
  }

  private static boolean needsHints(TableMap map) {
    for (int i = 0; i < map.columnCount(); i++) {
      if (needsHint(map, i)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a column needs information that even FULL omits: MariaDB's own types, ambiguous
   * signedness, and in early versions of MySQL 8.0 the character set of labels.
   */
  private static boolean needsHint(TableMap map, int column) {
    int type = map.realType(column);
    if (map.metadata().unsigned() == null && WireType.isNumeric(type)) {
      return true;
    }
    if (type == WireType.ENUM || type == WireType.SET) {
      return map.metadata().collation(column) == 0;
    }
    if (!map.server().mariaDb()) {
      return false;
    }
    if (isHash(map, column)) {
      return true;
    }
    boolean binary = map.metadata().collation(column) == MysqlCharset.BINARY_COLLATION;
    return switch (type) {
      case WireType.TIME, WireType.DATETIME, WireType.TIMESTAMP -> true;
      case WireType.STRING ->
          binary && (map.stringLength(column) == 16 || map.stringLength(column) == 4);
      case WireType.VARCHAR ->
          binary && map.meta(column) % 4 == 0 && map.server().isAtLeast(11, 7, 0);
      default -> false;
    };
  }

  private static @Nullable ColumnSchema hint(
      TableMap map, int wireColumn, String name, @Nullable TableSchema hints) {
    if (hints == null || !needsHint(map, wireColumn)) {
      return null;
    }
    return known(map, wireColumn, name, hints, "");
  }

  /**
   * Creates the layout of a row's cells: the columns, followed by hidden ones.
   *
   * @param names by column of the TABLE_MAP; null for columns that rows never contain
   */
  private static RowLayout layout(
      TableMap map, @Nullable String[] names, SchemaOfColumn schemas, @Nullable TableSchema named) {
    int[] cells = cells(names);
    ColumnShape[] shapes = new ColumnShape[1 + Arrays.stream(cells).max().orElse(-1)];
    List<Column> columns = new ArrayList<>();
    for (int wire = 0; wire < names.length; wire++) {
      String name = names[wire];
      if (name == null) {
        continue;
      }
      ColumnShape shape = new ShapeCompiler(map, wire, schemas.of(wire)).compile();
      shapes[cells[wire]] = shape;
      if (!isHidden(name)) {
        columns.add(column(columns.size(), name, map.nullable(wire), shape));
      }
    }
    List<Integer> key = key(map, cells, columns, named);
    RowPlan plan = new RowPlan(map.schema(), map.table(), columns, key);
    boolean[] virtual = named == null ? null : virtual(columns, cells, schemas);
    return new RowLayout(plan, shapes, cells, jsonColumns(map), virtual);
  }

  private static int[] cells(@Nullable String[] names) {
    int[] cells = new int[names.length];
    int next = 0;
    for (int wire = 0; wire < names.length; wire++) {
      cells[wire] = names[wire] == null || isHidden(names[wire]) ? -1 : next++;
    }
    for (int wire = 0; wire < names.length; wire++) {
      cells[wire] = isHidden(names[wire]) ? next++ : cells[wire];
    }
    return cells;
  }

  private static boolean[] virtual(List<Column> columns, int[] cells, SchemaOfColumn schemas) {
    boolean[] virtual = new boolean[columns.size()];
    for (int wire = 0; wire < cells.length; wire++) {
      ColumnSchema schema =
          cells[wire] < 0 || cells[wire] >= virtual.length ? null : schemas.of(wire);
      if (schema != null) {
        virtual[cells[wire]] = schema.virtual();
      }
    }
    return virtual;
  }

  private static boolean isHidden(@Nullable String name) {
    return name != null && name.startsWith(TableSchema.HIDDEN_PREFIX);
  }

  private static Column column(int index, String name, boolean nullable, ColumnShape shape) {
    return new Column(
        index,
        name,
        shape.type(),
        shape.unsigned(),
        nullable,
        shape.precision(),
        shape.decimals(),
        shape.labels());
  }

  private static List<Integer> key(
      TableMap map, int[] cells, List<Column> columns, @Nullable TableSchema named) {
    List<Integer> key = new ArrayList<>();
    int[] logged = map.metadata().primaryKey();
    if (logged != null) {
      Arrays.stream(logged)
          .map(wire -> cells[wire])
          .filter(cell -> cell >= 0 && cell < columns.size())
          .forEach(key::add);
      return key;
    }
    List<String> names = named == null ? List.of() : named.primaryKey();
    for (String name : names) {
      columns.stream()
          .filter(c -> c.name().equalsIgnoreCase(name))
          .map(Column::index)
          .forEach(key::add);
    }
    return key;
  }

  private static int[] jsonColumns(TableMap map) {
    return IntStream.range(0, map.columnCount())
        .filter(column -> map.type(column) == WireType.JSON)
        .toArray();
  }
}
