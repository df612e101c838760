package io.binlogbroker.broker.ddl;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.broker.ddl.AlterPlan.Drop;
import io.binlogbroker.broker.ddl.AlterPlan.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes a table's definition after an ALTER TABLE, in the server's own order: all clauses mean the
 * columns as they were before, so names can be swapped in one statement. Used once.
 */
final class AlteredTable {
  private final TableDefinition before;
  private final AlterPlan plan;
  private final List<ColumnSchema> columns = new ArrayList<>();

  AlteredTable(TableDefinition before, AlterPlan plan) {
    this.before = before;
    this.plan = plan;
  }

  /**
   * @throws DdlException when the clauses do not fit the table
   */
  TableDefinition after() {
    requireKnownColumns();
    before.columns().forEach(this::keep);
    plan.columns.forEach(this::insert);
    List<String> key = PrimaryKey.spelled(primaryKey(), columns);
    return new TableDefinition(
        PrimaryKey.notNull(columns, key),
        key,
        plan.charset == null ? before.charset() : plan.charset);
  }

  private void requireKnownColumns() {
    for (Drop drop : plan.drops) {
      require(drop.name(), drop.ifExists());
    }
    for (Placed placed : plan.columns) {
      if (placed.old() != null) {
        require(placed.old(), placed.tolerant());
      }
    }
  }

  private void require(String name, boolean tolerant) {
    if (!tolerant && !isColumn(name, before.columns())) {
      throw new DdlException("Expected a column " + name + " but the table is known without it");
    }
  }

  private static boolean isColumn(String name, List<ColumnSchema> columns) {
    return columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
  }

  /** First pass: what was there stays in its place, unless it is dropped or goes elsewhere. */
  private void keep(ColumnSchema column) {
    if (plan.drops.stream().anyMatch(drop -> drop.name().equalsIgnoreCase(column.name()))) {
      return;
    }
    Placed change = changeOf(column.name());
    if (change == null) {
      columns.add(converted(column));
    } else if (change.after() == null) {
      columns.add(changed(change, column));
    }
  }

  private @Nullable Placed changeOf(String name) {
    for (Placed placed : plan.columns) {
      if (name.equalsIgnoreCase(placed.old())) {
        return placed;
      }
    }
    return null;
  }

  private ColumnSchema changed(Placed change, ColumnSchema column) {
    ReadColumn definition = change.definition();
    if (definition != null) {
      return definition.column();
    }
    ColumnSchema same = converted(column);
    return new ColumnSchema(
        change.name(), same.columnType(), same.dataType(), same.nullable(), same.characterSet());
  }

  /** Second pass: what is new, or goes elsewhere, in the statement's order. */
  private void insert(Placed placed) {
    ReadColumn definition = placed.definition();
    boolean stays = placed.old() != null && placed.after() == null;
    if (definition == null || stays) {
      return;
    }
    boolean known = isColumn(placed.old() == null ? placed.name() : placed.old(), before.columns());
    if (placed.tolerant() && (placed.old() == null) == known) {
      return;
    }
    columns.add(index(placed.after()), definition.column());
  }

  private int index(@Nullable String after) {
    if (after == null) {
      return columns.size();
    }
    if (after.equals(AlterPlan.FIRST)) {
      return 0;
    }
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(after)) {
        return i + 1;
      }
    }
    throw new DdlException("Expected a column " + after + " but the table is known without it");
  }

  private ColumnSchema converted(ColumnSchema column) {
    String from = column.characterSet();
    String to = plan.charset;
    if (!plan.converts || to == null || from == null || from.equals(to)) {
      return column;
    }
    if (to.equals(Charsets.BINARY)) {
      throw new DdlException("CONVERT TO binary turns texts into other types");
    }
    boolean grows = Charsets.maxBytes(to) > Charsets.maxBytes(from);
    String type = grows ? grown(column.columnType()) : column.columnType();
    return new ColumnSchema(
        column.name(),
        type,
        grows ? grown(column.dataType()) : column.dataType(),
        column.nullable(),
        to);
  }

  /** A TEXT must hold as many characters as before. */
  private static String grown(String type) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "tinytext" -> "text";
      case "text" -> "mediumtext";
      case "mediumtext" -> "longtext";
      default -> type;
    };
  }

  private List<String> primaryKey() {
    if (plan.primaryKey != null) {
      return plan.primaryKey;
    }
    List<String> key = new ArrayList<>();
    for (String name : plan.dropsPrimaryKey ? List.<String>of() : before.primaryKey()) {
      Placed change = changeOf(name);
      String now = change == null ? name : change.name();
      if (plan.drops.stream().noneMatch(drop -> drop.name().equalsIgnoreCase(name))) {
        key.add(now);
      }
    }
    return key;
  }
}
