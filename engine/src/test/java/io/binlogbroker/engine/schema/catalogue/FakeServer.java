package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.Ddl;
import io.binlogbroker.engine.schema.ddl.DdlReader;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A server with tables of INT columns, and a log of statements at given offsets. */
final class FakeServer implements LiveSchema {
  static final SqlDialect MYSQL = new SqlDialect(false, true, false, false, 80033, true);
  private static final String FILE = "log.000007";

  private final Map<TableName, TableDefinition> tables = new TreeMap<>(FakeServer::compare);
  private final Map<BinlogPosition, LoggedStatement> statements = new TreeMap<>();
  private BinlogPosition end = at(0);
  int questions;
  int waits;
  Runnable whileWaiting = () -> {};
  @Nullable RuntimeException failure;
  String name = "this server";
  long created = 1_700_000_000;

  private static int compare(TableName one, TableName other) {
    return one.toString().compareTo(other.toString());
  }

  static BinlogPosition at(long offset) {
    return new BinlogPosition(FILE, offset);
  }

  static TableDefinition of(String... columns) {
    List<ColumnSchema> all =
        Arrays.stream(columns)
            .map(name -> new ColumnSchema(name, "int", "int", true, null))
            .toList();
    return new TableDefinition(all, List.of(), "utf8mb4");
  }

  FakeServer with(String table, String... columns) {
    tables.put(new TableName("d", table), of(columns));
    return this;
  }

  FakeServer without(String table) {
    tables.remove(new TableName("d", table));
    return this;
  }

  FakeServer endsAt(long offset) {
    end = at(offset);
    return this;
  }

  FakeServer logs(long offset, String sql) {
    statements.put(at(offset), new LoggedStatement("d", sql, "", MYSQL));
    return endsAt(Math.max(end.offset(), offset + 1));
  }

  /** Makes a catalogue read the log between two offsets. */
  void read(Catalogue catalogue, long from, long to) {
    statements.forEach(
        (place, statement) -> {
          if (!place.isBefore(at(from)) && place.isBefore(at(to))) {
            catalogue.follow(statement, place);
          }
        });
  }

  @Override
  public List<TableName> tables() {
    return List.copyOf(tables.keySet());
  }

  @Override
  public @Nullable LiveTable read(TableName name) {
    questions++;
    if (failure != null) {
      throw failure;
    }
    TableDefinition definition = tables.get(name);
    return definition == null ? null : new LiveTable(definition, end);
  }

  @Override
  public @Nullable LaterStatement firstChange(TableName name, BinlogPosition from, LiveTable now) {
    for (Map.Entry<BinlogPosition, LoggedStatement> each : statements.entrySet()) {
      BinlogPosition place = each.getKey();
      Ddl ddl = DdlReader.read(each.getValue(), false);
      if (!place.isBefore(from)
          && place.isBefore(now.end())
          && Objects.requireNonNull(ddl).invalidates(name, now.definition())) {
        return new LaterStatement(place, each.getValue().brief());
      }
    }
    return null;
  }

  @Override
  public void awaitLogging() {
    waits++;
    whileWaiting.run();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean ignoresCase() {
    return false;
  }

  @Override
  public BinlogPosition end() {
    return end;
  }

  @Override
  public long created(String file) {
    return file.equals(FILE) ? created : 0;
  }
}
