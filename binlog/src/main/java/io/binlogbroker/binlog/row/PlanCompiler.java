package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link RowLayout} from a TABLE_MAP and, only where that is silent, a {@link
 * SchemaSource}. Used by the thread that reads the stream, once per TABLE_MAP.
 */
final class PlanCompiler {
  static final String REMEDY =
      "Set binlog_row_metadata=FULL on the source: then each event tells all of its table"
          + " (MySQL 8.0.1 or MariaDB 10.5)";

  static final String CHANGED =
      "; the table has changed since this event was written, and what the binary log leaves out"
          + " of it is lost";

  private static final String HIDDEN_PREFIX = "!hidden!";

  private final SchemaSource source;

  PlanCompiler(SchemaSource source) {
    this.source = source;
  }

  /**
   * Compiles the layout of a table's rows.
   *
   * @param present which columns of the TABLE_MAP the rows event at hand holds
   * @throws SchemaException when nothing that is known of the table fits its TABLE_MAP
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
          "Nothing is known of the columns of "
              + map
              + ", which the binary log names not. "
              + REMEDY);
    }
    int[] planColumns = new SchemaAlignment(map, schema, present).align();
    return layout(map, planColumns, wire -> schema.columns().get(planColumns[wire]), schema);
  }

  /**
   * Compiles a layout that is good for passing over rows only. Asks nobody.
   *
   * @throws SchemaException where {@link TableMap#tellsLengths} says no
   */
  static RowLayout compileForPassing(TableMap map) {
    if (!map.tellsLengths()) {
      throw new SchemaException(
          "The TABLE_MAP of "
              + map
              + " does not tell how long the cells of its rows are: they cannot be passed over one"
              + " by one");
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
    return new RowLayout(plan, shapes, planColumns, jsonColumns(map));
  }

  /** Finds the schema of a column that is in the plan. */
  private interface SchemaOfColumn {
    @Nullable ColumnSchema of(int wireColumn);
  }

  private RowLayout compileFull(TableMap map, String[] names) {
    int[] planColumns = new int[names.length];
    int next = 0;
    for (int i = 0; i < names.length; i++) {
      planColumns[i] = names[i].startsWith(HIDDEN_PREFIX) ? -1 : next++;
    }
    TableSchema hints = needsHints(map) ? source.describe(map) : null;
    return layout(map, planColumns, wire -> hint(map, wire, names[wire], hints), null);
  }

  /** Whether {@link #compile} would ask nobody. */
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
   * What even FULL does not tell: MariaDB's own types, a sign that has two readings, and in early
   * versions of MySQL 8.0 the character set of labels.
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
    for (ColumnSchema column : hints.columns()) {
      if (column.name().equalsIgnoreCase(name)) {
        String against = SchemaAgreement.disagreement(map, wireColumn, column);
        if (against == null) {
          return column;
        }
        throw new SchemaException(
            map
                + " column "
                + (wireColumn + 1)
                + " \""
                + name
                + "\": "
                + hints.origin()
                + " says "
                + against
                + CHANGED);
      }
    }
    throw new SchemaException(
        map
            + " column "
            + (wireColumn + 1)
            + " \""
            + name
            + "\" is not in information_schema"
            + CHANGED);
  }

  private static RowLayout layout(
      TableMap map, int[] planColumns, SchemaOfColumn schemas, @Nullable TableSchema named) {
    List<Column> columns = new ArrayList<>();
    List<ColumnShape> shapes = new ArrayList<>();
    String[] names = map.metadata().names();
    for (int wire = 0; wire < planColumns.length; wire++) {
      if (planColumns[wire] < 0) {
        continue;
      }
      ColumnSchema schema = schemas.of(wire);
      ColumnShape shape = new ShapeCompiler(map, wire, schema).compile();
      String name = names != null ? names[wire] : schema == null ? "" : schema.name();
      columns.add(column(columns.size(), name, map.nullable(wire), shape));
      shapes.add(shape);
    }
    List<Integer> key = key(map, planColumns, columns, named);
    RowPlan plan = new RowPlan(map.schema(), map.table(), columns, key);
    return new RowLayout(plan, shapes.toArray(new ColumnShape[0]), planColumns, jsonColumns(map));
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
      TableMap map, int[] planColumns, List<Column> columns, @Nullable TableSchema named) {
    List<Integer> key = new ArrayList<>();
    int[] told = map.metadata().primaryKey();
    if (told != null) {
      Arrays.stream(told)
          .map(wire -> planColumns[wire])
          .filter(plan -> plan >= 0)
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
