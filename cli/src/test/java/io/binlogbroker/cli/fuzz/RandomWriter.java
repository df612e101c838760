package io.binlogbroker.cli.fuzz;

import io.binlogbroker.client.ChangeId;
import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Executes random statements in a schema and records the tables' contents whenever one changes
 * other than by row changes. Refused statements are ignored. The server's only writer; one thread.
 */
final class RandomWriter implements AutoCloseable {
  private static final int MOST_ROWS = 120;
  private static final int MOST_TABLES = 7;

  /** Out of 100 steps. */
  private static final int DDL_SHARE = 14;

  /** Waits until all changes are delivered. */
  interface Fence {
    void await(int mark);
  }

  private final String schema;
  private final Dice dice;
  private final Fence fence;
  private final LogSettings settings;
  private final RandomDdl ddl;
  private final RandomDml dml;
  private final Bystanders bystanders;
  private final StatementSessions statements;
  private final ForeignSession foreign;
  private final int ddlShare = Integer.getInteger("fuzz.ddl", DDL_SHARE);
  private final Connection connection;
  private final Statement statement;
  private final Map<String, TableLife> alive = new LinkedHashMap<>();
  private final List<TableLife> lives = new ArrayList<>();
  private int marks;
  private int done;
  private int refused;
  private int ddls;
  private int others;

  RandomWriter(MysqlServer server, String schema, LogSettings settings, Dice dice, Fence fence)
      throws SQLException {
    this.schema = schema;
    this.dice = dice;
    this.fence = fence;
    this.settings = settings;
    RandomTypes types = new RandomTypes(server, settings.followed());
    RandomTables tables = new RandomTables(types, server.version(), schema, dice);
    this.ddl = new RandomDdl(tables, server.version(), dice);
    this.dml = new RandomDml(dice);
    this.connection = server.connect();
    this.statement = connection.createStatement();
    statement.execute("SET SESSION sql_mode = ''");
    statement.execute("CREATE DATABASE " + schema);
    statement.execute("CREATE TABLE " + schema + ".marker (n INT PRIMARY KEY)");
    this.bystanders = new Bystanders(server, schema);
    this.statements = new StatementSessions(server, schema, dice);
    this.foreign = new ForeignSession(server, dice);
    while (alive.size() < 3) {
      change(ddl.create());
    }
  }

  /** Executes one random step. */
  void step() throws SQLException {
    int kind = dice.below(100);
    if (kind < ddlShare) {
      changeTables();
    } else if (kind < ddlShare + 8) {
      changeSettings();
    } else if (kind < ddlShare + 14) {
      statements.changeRows(dice.oneOf(List.copyOf(alive.values())).table());
    } else {
      changeRows();
    }
  }

  private void changeTables() throws SQLException {
    List<RandomTable> all = alive.values().stream().map(TableLife::table).toList();
    TableChange change = ddl.next(all);
    if (alive.size() >= MOST_TABLES && change.before().isEmpty()) {
      return;
    }
    if (change(change) && change.after().isEmpty() && dice.chance(50)) {
      change(ddl.createAgain(change.before().get(0).name()));
    }
  }

  private boolean change(TableChange change) throws SQLException {
    if (needsDeliveryFirst(change)) {
      awaitDelivery();
    }
    ChangeId before = place();
    List<List<Map<String, @Nullable String>>> rows = new ArrayList<>();
    for (RandomTable table : change.before()) {
      rows.add(rows(table));
    }
    if (!runs(change)) {
      return false;
    }
    ddls++;
    for (int i = 0; i < rows.size(); i++) {
      remove(change.before().get(i)).end(before, rows.get(i));
    }
    ChangeId after = change.logsRows() ? before : place();
    for (RandomTable table : change.after()) {
      RandomTable real = table.ordered(columnNames(table));
      List<Map<String, @Nullable String>> held = change.logsRows() ? List.of() : rows(real);
      TableLife life = new TableLife(real, change.sql(), after, held);
      life.keyedBy(primaryKey(real));
      begin(life);
    }
    return true;
  }

  /** Sometimes without logging, if the log describes all columns itself. */
  private boolean runs(TableChange change) throws SQLException {
    boolean hidden = settings.alwaysNamed() && !change.needsSchema() && !change.logsRows();
    if (!hidden || dice.chance(80)) {
      return runsSeen(change);
    }
    statement.execute("SET SESSION sql_log_bin = 0");
    boolean accepted = accepts(change.sql());
    statement.execute("SET SESSION sql_log_bin = 1");
    return accepted;
  }

  /** Sent by one of several clients; the server would log a query's rows as a statement. */
  private boolean runsSeen(TableChange change) throws SQLException {
    int client = dice.below(100);
    if (client >= 40 || client < 15 && change.logsRows()) {
      return accepts(change.sql());
    }
    done++;
    boolean accepted =
        client < 15 ? statements.acceptsDdl(change.sql()) : foreign.accepts(change.sql());
    refused += accepted ? 0 : 1;
    others += accepted ? 1 : 0;
    return accepted;
  }

  /** Whether unread log needs the columns from before this change. */
  private boolean needsDeliveryFirst(TableChange change) {
    return settings.namesColumns()
        ? change.needsSchema() || settings.everWithoutDuplicates()
        : !settings.followed();
  }

  private TableLife remove(RandomTable table) {
    TableLife life = alive.remove(table.name());
    if (life == null) {
      throw new AssertionError("Expected the table " + table.path());
    }
    return life;
  }

  private void begin(TableLife life) {
    if (!settings.wholeImages()) {
      life.lackCells();
    }
    if (settings.everWithoutDuplicates()) {
      life.lackVirtual();
    }
    alive.put(life.table().name(), life);
    lives.add(life);
  }

  private List<String> columnNames(RandomTable table) throws SQLException {
    return names(
        table,
        "SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '%s'"
            + " AND TABLE_NAME = %s ORDER BY ORDINAL_POSITION");
  }

  /** The server marks the columns of the key that it uses, and shows keys in its own order. */
  private List<String> primaryKey(RandomTable table) throws SQLException {
    List<String> marked =
        names(
            table,
            "SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '%s'"
                + " AND TABLE_NAME = %s AND COLUMN_KEY = 'PRI'");
    List<String> first = new ArrayList<>();
    String name = null;
    try (ResultSet parts = statement.executeQuery("SHOW INDEX FROM " + table.path())) {
      while (parts.next() && (name == null || name.equals(parts.getString("Key_name")))) {
        name = parts.getString("Key_name");
        first.add(parts.getString("Column_name"));
      }
    }
    return Set.copyOf(marked).equals(Set.copyOf(first)) ? first : List.of();
  }

  private List<String> names(RandomTable table, String sql) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(sql.formatted(schema, TextTypes.literal(table.name())))) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private void changeSettings() throws SQLException {
    boolean named = settings.namesColumns();
    List<String> statements = settings.next();
    // DDL would follow unread log that was written with other settings.
    if (named != settings.namesColumns() || settings.comesToGtids()) {
      awaitDelivery();
    }
    for (String sql : statements) {
      accepts(sql);
    }
    if (!settings.wholeImages()) {
      alive.values().forEach(TableLife::lackCells);
    }
    if (settings.everWithoutDuplicates()) {
      alive.values().forEach(TableLife::lackVirtual);
    }
  }

  private void changeRows() throws SQLException {
    int count = dice.oneOf(1, 1, 1, 2, 5);
    TransactionKind together = dice.chance(50) ? TransactionKind.any(dice) : null;
    for (String sql : together == null ? List.<String>of() : together.start()) {
      statement.execute(sql);
    }
    for (int i = 0; i < count; i++) {
      RandomTable table = dice.oneOf(List.copyOf(alive.values())).table();
      if (table.transactional() || together == null) {
        accepts(dml.next(table, settings.wholeImages()));
      }
      if (dice.chance(25)) {
        accepts(bystanders.change(dice));
      }
      if (together != null && together.takesSavepoints() && dice.chance(10)) {
        savepoint(table);
      }
    }
    for (String sql : together == null ? List.<String>of() : together.end()) {
      statement.execute(sql);
    }
    bound(dice.oneOf(List.copyOf(alive.values())).table());
  }

  private void savepoint(RandomTable table) throws SQLException {
    statement.execute("SAVEPOINT s");
    if (table.transactional()) {
      accepts(dml.next(table, settings.wholeImages()));
    }
    if (dice.chance(50)) {
      statement.execute("ROLLBACK TO s");
    }
  }

  private void bound(RandomTable table) throws SQLException {
    if (dice.chance(30)) {
      accepts(
          "DELETE FROM " + table.path() + " LIMIT " + Math.max(0, rows(table).size() - MOST_ROWS));
    }
  }

  private boolean accepts(String sql) {
    done++;
    try {
      statement.execute(sql);
      return true;
    } catch (SQLException e) {
      refused++;
      requireConnection(sql, e);
      return false;
    }
  }

  private void requireConnection(String sql, SQLException refusal) {
    try {
      if (connection.isValid(10)) {
        return;
      }
    } catch (SQLException e) {
      refusal.addSuppressed(e);
    }
    throw new AssertionError("The server did not survive " + sql, refusal);
  }

  private List<Map<String, @Nullable String>> rows(RandomTable table) throws SQLException {
    List<Map<String, @Nullable String>> rows = new ArrayList<>();
    try (ResultSet selected = statement.executeQuery(table.select())) {
      while (selected.next()) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        for (int i = 0; i < table.columns().size(); i++) {
          RandomColumn column = table.columns().get(i);
          row.put(
              column.name(),
              ComparableText.ofSelected(column.type().as(), selected.getString(i + 1)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private ChangeId place() throws SQLException {
    try (ResultSet status = statement.executeQuery("SHOW MASTER STATUS")) {
      status.next();
      return new ChangeId(status.getString(1), status.getLong(2), -1);
    }
  }

  void awaitDelivery() throws SQLException {
    marks++;
    statement.execute("INSERT INTO " + schema + ".marker VALUES (" + marks + ")");
    fence.await(marks);
  }

  /** Ends all table lives and waits until the last change is delivered. */
  List<TableLife> finish() throws SQLException {
    awaitDelivery();
    ChangeId end = place();
    for (TableLife life : alive.values()) {
      life.end(end, rows(life.table()));
    }
    alive.clear();
    return lives;
  }

  String figures() {
    return "%d statements, %d refused, %d of them DDL, %d of it by other clients, %d without rows"
        .formatted(done, refused, ddls, others, statements.changes());
  }

  /** The number of row changes logged as statements. */
  int loggedAsStatements() {
    return statements.changes();
  }

  int ddls() {
    return ddls;
  }

  @Override
  public void close() throws SQLException, IOException {
    foreign.close();
    statements.drop();
    for (String sql : settings.restore()) {
      statement.execute(sql);
    }
    statement.execute("DROP DATABASE " + schema);
    connection.close();
  }
}
