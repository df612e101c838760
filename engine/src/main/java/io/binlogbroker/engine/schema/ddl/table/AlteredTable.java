package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import io.binlogbroker.engine.schema.ddl.table.AlterPlan.Drop;
import io.binlogbroker.engine.schema.ddl.table.AlterPlan.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Computes a table's definition after an ALTER TABLE, in the server's order (its
 * mysql_prepare_alter_table): first the existing columns in place with their changes, then, clause
 * by clause, new and moved columns. All clauses except AFTER use the old column names. Used once.
 */
public final class AlteredTable {
  private static final int NO_CLAUSE = -1;

  private final TableDefinition before;
  private final AlterPlan plan;
  private final SqlDialect dialect;
  private final List<Slot> slots = new ArrayList<>();

  /**
   * A column of the new table.
   *
   * @param was its name in the statement; null if it is not changed
   * @param clause index of the plan's clause
   * @param added whether it is new
   */
  private record Slot(ColumnSchema column, @Nullable String was, int clause, boolean added) {
    /** Whether a key of the old table refers to it by a name. */
    boolean answers(String name) {
      return name.equalsIgnoreCase(was == null ? column.name() : was);
    }
  }

  public AlteredTable(TableDefinition before, AlterPlan plan, SqlDialect dialect) {
    this.before = before;
    this.plan = plan;
    this.dialect = dialect;
  }

  /**
   * @throws DdlException when the clauses do not match the table
   */
  public TableDefinition after() {
    requireDropped();
    plan.keys.removeExisting(before.keys());
    before.columns().forEach(this::keep);
    for (int clause = 0; clause < plan.columns.size(); clause++) {
      if (!isLeftOut(clause)) {
        take(clause);
      }
    }
    List<ColumnSchema> columns = slots.stream().map(Slot::column).toList();
    List<TableKey> kept = keptKeys();
    List<String> primary = primaryKey(kept);
    List<ColumnSchema> all = PrimaryKey.notNull(columns, primary);
    return new TableDefinition(
        all,
        new AlteredKeys(before, plan, dialect).after(kept, all),
        plan.charset == null ? before.charset() : plan.charset);
  }

  private void requireDropped() {
    for (Drop drop : plan.drops) {
      if (!drop.ifExists() && !wasThere(drop.name())) {
        throw unknown(drop.name());
      }
    }
  }

  private static DdlException unknown(String column) {
    return new DdlException(
        "Expected a column " + column + " but the known table does not have it");
  }

  private boolean wasThere(String name) {
    return before.columns().stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
  }

  /** First pass: existing columns keep their place, unless dropped. */
  private void keep(ColumnSchema column) {
    if (plan.drops.stream().anyMatch(drop -> drop.name().equalsIgnoreCase(column.name()))) {
      return;
    }
    int clause = clauseOf(column.name());
    slots.add(
        clause == NO_CLAUSE
            ? new Slot(converted(column), null, NO_CLAUSE, false)
            : new Slot(changed(plan.columns.get(clause), column), column.name(), clause, false));
  }

  private int clauseOf(String column) {
    for (int clause = 0; clause < plan.columns.size(); clause++) {
      if (plan.columns.get(clause).changes(column)) {
        return clause;
      }
    }
    return NO_CLAUSE;
  }

  private ColumnSchema changed(Placed change, ColumnSchema column) {
    ReadColumn definition = change.definition();
    if (definition != null) {
      return plan.converted == null
          ? definition.column()
          : ConvertedColumn.modified(definition, column, dialect);
    }
    return converted(column).withName(change.name());
  }

  private ColumnSchema converted(ColumnSchema column) {
    return plan.converted == null ? column : ConvertedColumn.of(column, plan.converted, dialect);
  }

  /** MariaDB's IF EXISTS and IF NOT EXISTS refer to the old table and to added columns. */
  private boolean isLeftOut(int clause) {
    Placed placed = plan.columns.get(clause);
    if (!placed.tolerant()) {
      return false;
    }
    if (!placed.isAdded()) {
      return !wasThere(String.valueOf(placed.old()));
    }
    return wasThere(placed.name())
        || plan.columns.subList(0, clause).stream()
            .anyMatch(other -> other.name().equalsIgnoreCase(placed.name()));
  }

  /** Second pass: new and moved columns, in the statement's order. */
  private void take(int clause) {
    Placed placed = plan.columns.get(clause);
    int at = slotOf(clause);
    if (placed.isAdded()) {
      add(placed, clause);
    } else if (at >= 0) {
      move(placed, at);
    } else {
      replaceAdded(placed, clause);
    }
  }

  private int slotOf(int clause) {
    for (int at = 0; at < slots.size(); at++) {
      if (slots.get(at).clause() == clause) {
        return at;
      }
    }
    return -1;
  }

  private void add(Placed placed, int clause) {
    ReadColumn definition = placed.definition();
    if (definition != null) {
      Slot slot = new Slot(definition.column(), placed.old(), clause, true);
      slots.add(index(placed.after()), slot);
    }
  }

  private void move(Placed placed, int at) {
    if (placed.after() != null) {
      Slot slot = slots.remove(at);
      slots.add(index(placed.after()), slot);
    }
  }

  /** MariaDB lets a statement change a column that it adds, and then places it at the end. */
  private void replaceAdded(Placed placed, int clause) {
    boolean added =
        dialect.mariaDb()
            && placed.definition() != null
            && slots.removeIf(
                slot -> slot.added() && slot.column().name().equalsIgnoreCase(placed.name()));
    if (!added) {
      throw unknown(String.valueOf(placed.old()));
    }
    add(placed, clause);
  }

  private int index(@Nullable String after) {
    if (after == null) {
      return slots.size();
    }
    if (after.equals(AlterPlan.FIRST)) {
      return 0;
    }
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).column().name().equalsIgnoreCase(after)) {
        return i + 1;
      }
    }
    throw unknown(after);
  }

  private List<String> primaryKey(List<TableKey> kept) {
    TableKey stays = TableKeys.named(kept, TableKey.PRIMARY);
    return stays == null ? plan.keys.primaryKey() : stays.columns();
  }

  /** Keys and their columns under the new names; a dropped column is removed from its keys. */
  private List<TableKey> keptKeys() {
    List<TableKey> kept = new ArrayList<>();
    for (TableKey key : before.keys()) {
      if (PrimaryKey.contains(plan.droppedKeys, key.name())) {
        continue;
      }
      List<TableKey.Part> parts = new ArrayList<>();
      for (TableKey.Part part : key.parts()) {
        slots.stream()
            .filter(slot -> slot.answers(part.column()))
            .findFirst()
            .ifPresent(slot -> parts.add(new TableKey.Part(slot.column().name(), part.prefix())));
      }
      if (!parts.isEmpty() || key.kind() == TableKey.Kind.FUNCTIONAL) {
        kept.add(new TableKey(renamed(key.name()), key.kind(), parts));
      }
    }
    return kept;
  }

  private String renamed(String key) {
    return plan.renamedKeys.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(key))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(key);
  }
}
