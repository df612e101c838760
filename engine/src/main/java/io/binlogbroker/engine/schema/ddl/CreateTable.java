package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.schema.ddl.sql.Token;
import io.binlogbroker.engine.schema.ddl.sql.TokenReader;
import io.binlogbroker.engine.schema.ddl.table.ColumnReader;
import io.binlogbroker.engine.schema.ddl.table.KeyReader;
import io.binlogbroker.engine.schema.ddl.table.NewKeys;
import io.binlogbroker.engine.schema.ddl.table.PrimaryKey;
import io.binlogbroker.engine.schema.ddl.table.ReadColumn;
import io.binlogbroker.engine.schema.ddl.table.ServerLimits;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import io.binlogbroker.engine.schema.ddl.table.TableOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * CREATE TABLE with column definitions.
 *
 * @param items columns and keys, each with its tokens
 * @param options the table options
 */
record CreateTable(
    TableName name,
    boolean orReplace,
    boolean ifNotExists,
    List<List<Token>> items,
    List<Token> options,
    LoggedStatement statement)
    implements Ddl {
  @Override
  public void apply(Tables tables) {
    TableState before = tables.get(name);
    if (before == null && !tables.isWanted(name)) {
      return;
    }
    if (ifNotExists && (before == null || before.kind() != TableState.Kind.ABSENT)) {
      return; // the table may have existed, in which case the statement had no effect
    }
    tables.put(name, created(tables));
  }

  private TableState created(Tables tables) {
    try {
      return TableState.known(definition(tables), statement.brief());
    } catch (DdlException e) {
      return TableState.unknown(e.getMessage() + ", in: " + statement.brief());
    }
  }

  private TableDefinition definition(Tables tables) {
    String named = TableOptions.charset(options);
    String known = named == null ? ofSchema(tables) : named;
    Supplier<String> charset = () -> known == null ? tables.charsetOf(name.schema()) : known;
    List<ColumnSchema> columns = new ArrayList<>();
    NewKeys keys = new NewKeys(statement.dialect());
    for (List<Token> item : items) {
      read(new TokenReader(item), charset, columns, keys);
    }
    requireCertainLabels(columns);
    requireNoHiddenColumns();
    List<ColumnSchema> all = PrimaryKey.notNull(columns, keys.primaryKey());
    return new TableDefinition(all, keys.after(List.of(), all), known);
  }

  /** Null if unknown, which matters only for text columns. */
  private @Nullable String ofSchema(Tables tables) {
    try {
      return tables.charsetOf(name.schema());
    } catch (DdlException e) {
      return null;
    }
  }

  private void read(
      TokenReader in, Supplier<String> charset, List<ColumnSchema> columns, NewKeys keys) {
    if (KeyReader.isNext(in)) {
      keys.add(KeyReader.unique(in, statement.dialect().mariaDb()));
      return;
    }
    ReadColumn read = new ColumnReader(in, statement.dialect(), charset, null).read();
    if (!in.atEnd()) {
      throw new DdlException("Expected the end of a column but got " + in.peek());
    }
    columns.add(read.column());
    ServerLimits.requireColumns(columns.size());
    keys.addInline(read);
  }

  /** The statement that servers log for CREATE TABLE ... SELECT can contain damaged labels. */
  private void requireCertainLabels(List<ColumnSchema> columns) {
    ColumnSchema column = columns.stream().filter(LossyLabels::areLossy).findFirst().orElse(null);
    if (column != null && statement.isShown()) {
      throw new DdlException(
          "A ? in the labels of the column "
              + column.name()
              + " may replace a character that the server could not write");
    }
  }

  /** MariaDB adds hidden columns to a table with system versioning. */
  private void requireNoHiddenColumns() {
    if (options.stream().anyMatch(token -> token.isWord("VERSIONING"))) {
      throw new DdlException("A table with system versioning has hidden columns");
    }
  }

  @Override
  public boolean invalidates(TableName other) {
    return orReplace && name.equals(other);
  }
}
