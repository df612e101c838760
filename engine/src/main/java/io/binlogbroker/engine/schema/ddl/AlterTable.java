package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.schema.ddl.sql.Token;
import io.binlogbroker.engine.schema.ddl.table.AlterPlan;
import io.binlogbroker.engine.schema.ddl.table.AlterReader;
import io.binlogbroker.engine.schema.ddl.table.AlteredTable;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * ALTER TABLE.
 *
 * @param to the table's new name; null if it is unchanged
 */
record AlterTable(
    TableName name, @Nullable TableName to, List<List<Token>> clauses, LoggedStatement statement)
    implements Ddl {
  @Override
  public void apply(Tables tables) {
    TableState before = tables.get(name);
    if (before == null) {
      arrive(tables, TableState.unknown(renameOfUnknown()));
      return;
    }
    TableState after = before.isKnown() ? after(before.known(), tables) : before;
    if (to != null) {
      tables.put(name, TableState.absent(statement.brief()));
      arrive(tables, after);
    } else if (!after.equals(before)) {
      tables.put(name, after);
    }
  }

  private void arrive(Tables tables, TableState state) {
    if (to != null && (tables.get(to) != null || state.isKnown() || tables.isWanted(to))) {
      tables.put(to, state);
    }
  }

  private String renameOfUnknown() {
    return "the columns of " + name + " were unknown before: " + statement.brief();
  }

  private TableState after(TableDefinition before, Tables tables) {
    try {
      AlterPlan plan = plan(before, tables);
      return plan.changesDefinition()
          ? TableState.known(
              new AlteredTable(before, plan, statement.dialect()).after(), statement.brief())
          : TableState.known(before, statement.brief());
    } catch (DdlException e) {
      return TableState.unknown(e.getMessage() + ", in: " + statement.brief());
    }
  }

  private AlterPlan plan(TableDefinition before, Tables tables) {
    String known = before.charset();
    Supplier<String> ofSchema = () -> tables.charsetOf(name.schema());
    return read(known == null ? ofSchema : () -> known, ofSchema);
  }

  private AlterPlan read(Supplier<String> charset, Supplier<String> ofSchema) {
    return new AlterReader(statement.dialect(), charset, ofSchema).read(clauses);
  }

  @Override
  public boolean invalidates(TableName other) {
    if (to != null) {
      return other.equals(name) || other.equals(to);
    }
    return other.equals(name) && mayChange(true);
  }

  @Override
  public boolean invalidates(TableName other, TableDefinition now) {
    return to == null ? other.equals(name) && mayChange(!now.hasPrimaryKey()) : invalidates(other);
  }

  private boolean mayChange(boolean keysMatter) {
    try {
      AlterPlan plan = read(() -> "ascii", () -> "ascii");
      return keysMatter ? plan.changesDefinition() : plan.changesColumns();
    } catch (DdlException e) {
      return true;
    }
  }
}
