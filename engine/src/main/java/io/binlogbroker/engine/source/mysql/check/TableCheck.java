package io.binlogbroker.engine.source.mysql.check;

import io.binlogbroker.binlog.wire.Row;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.CellRule;
import io.binlogbroker.engine.route.Route;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.Routes.RuleNames;
import io.binlogbroker.engine.route.SnapshotRule;
import io.binlogbroker.engine.route.TopicNameException;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import io.binlogbroker.engine.source.mysql.schema.InformationSchema;
import io.binlogbroker.engine.source.mysql.schema.ShownTable;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the routing rules against the tables that a server shows. One thread, one use. */
final class TableCheck {
  private static final String NO_MATCH = "matches no table that is visible to this user";

  private final Session session;
  private final Routes routes;
  private final boolean ignoresCase;
  private final boolean needsSelect;
  private final String grantSelect;
  private final List<CheckResult> results = new ArrayList<>();
  private boolean warnsOnly;

  /**
   * @param ignoresCase whether the server compares names without regard to case
   * @param needsSelect whether column names must be looked up, because events do not contain them
   */
  TableCheck(
      Session session,
      Routes routes,
      boolean ignoresCase,
      boolean needsSelect,
      String grantSelect) {
    this.session = session;
    this.routes = routes;
    this.ignoresCase = ignoresCase;
    this.needsSelect = needsSelect;
    this.grantSelect = grantSelect;
  }

  /**
   * @param topics receives the topics that are known
   */
  List<CheckResult> run(Set<String> topics) throws IOException {
    List<TableName> shown = shownTables();
    long delivered = 0;
    for (TableName table : shown) {
      Route route = route(table);
      if (route != null) {
        delivered++;
        topics.add(route.topic());
        key(table, route);
      }
    }
    unmatched(shown, topics);
    results.add(0, count(delivered));
    return results;
  }

  /** As {@link #run}, but an invalid topic is only a warning: its table may never have a row. */
  List<CheckResult> atStart() throws IOException {
    warnsOnly = true;
    return run(new HashSet<>());
  }

  /**
   * The number of existing rows in the delivered tables: these are not in the binary log, so they
   * are delivered only by snapshots.
   */
  CheckResult existing() throws IOException {
    long left = 0;
    long copied = 0;
    String sql =
        "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_ROWS FROM information_schema.TABLES"
            + " WHERE TABLE_TYPE = 'BASE TABLE'";
    for (Row row : session.query(sql).rows()) {
      SnapshotRule rule = routes.snapshot(String.valueOf(row.text(0)), String.valueOf(row.text(1)));
      if (rule != null && rule.isInitial()) {
        copied += estimate(row.text(2));
      } else if (rule != null) {
        left += estimate(row.text(2));
      }
    }
    return CheckResult.ok("existing rows", copied > 0 ? copied(copied, left) : existing(left));
  }

  private static String copied(long copied, long left) {
    String others = left == 0 ? "" : "; of other tables about " + left + ", which are not";
    return "about "
        + copied
        + " (estimate of information_schema) are delivered by snapshots"
        + others;
  }

  private void existing(TableName table) throws IOException {
    SnapshotRule rule = routes.snapshot(table.schema(), table.table());
    if (rule != null && rule.isInitial()) {
      return;
    }
    String sql =
        "SELECT TABLE_ROWS FROM information_schema.TABLES"
            + InformationSchema.where(table.schema(), table.table());
    for (Row row : session.query(sql).rows()) {
      String detail = "existing rows: " + existing(estimate(row.text(0)));
      results.add(CheckResult.warning("table " + table, detail, ""));
    }
  }

  private static String existing(long rows) {
    return "about "
        + rows
        + " (estimate of information_schema); existing rows are not delivered, only changes are:"
        + " \"Snapshot\": \"initial\" delivers them";
  }

  /** Parses a row estimate, which is null for a table that cannot be read now. */
  private static long estimate(@Nullable String rows) {
    return rows == null ? 0 : Long.parseUnsignedLong(rows);
  }

  /**
   * Checks only whether the tables in the rules exist: one query, and one more for each missing
   * table.
   */
  List<CheckResult> names() throws IOException {
    List<TableName> shown = shownTables();
    unmatched(shown, new HashSet<>());
    if (shown.stream().noneMatch(table -> routes.delivers(table.schema(), table.table()))) {
      results.add(0, count(0));
    }
    return results;
  }

  private void unmatched(List<TableName> shown, Set<String> topics) throws IOException {
    NearbyTables nearby = new NearbyTables(shown);
    for (RuleNames rule : routes.withoutTable(shown)) {
      if (!rule.isPlain()) {
        results.add(CheckResult.warning("rule " + rule.names(), NO_MATCH, nearby.fix(rule)));
        continue;
      }
      Route route = route(rule.names());
      if (route != null) {
        topics.add(route.topic());
        results.add(notShown(rule.names(), nearby.fix(rule)));
      }
    }
  }

  /** Checks one table, which must exist unless its name is a pattern. */
  List<CheckResult> of(TableName table) throws IOException {
    Route route = route(table);
    if (route != null && isAmong(shownTables(), table)) {
      key(table, route);
      existing(table);
    } else if (route != null && routes.namedTables().contains(table)) {
      CheckResult missing = notShown(table, "");
      results.add(
          CheckResult.notOk(
              missing.name(),
              FailureKind.CONFIGURATION,
              missing.detail(),
              "create it, or correct its name"));
    }
    return results;
  }

  private static CheckResult count(long delivered) {
    return delivered > 0
        ? CheckResult.ok("tables", delivered + " existing tables are delivered")
        : CheckResult.warning(
            "tables",
            "no table that is visible to this user is delivered",
            "correct \"Sources\", if the tables should exist already");
  }

  private boolean isAmong(List<TableName> shown, TableName table) {
    return shown.stream()
        .map(TableName::toString)
        .anyMatch(ignoresCase ? table.toString()::equalsIgnoreCase : table.toString()::equals);
  }

  private List<TableName> shownTables() throws IOException {
    List<TableName> tables = new ArrayList<>();
    String sql =
        "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES"
            + " WHERE TABLE_TYPE = 'BASE TABLE'";
    for (Row row : session.query(sql).rows()) {
      tables.add(new TableName(String.valueOf(row.text(0)), String.valueOf(row.text(1))));
    }
    return tables;
  }

  private @Nullable Route route(TableName table) {
    try {
      return routes.find(table.schema(), table.table());
    } catch (TopicNameException e) {
      String name = "table " + table;
      String detail = String.valueOf(e.getMessage());
      results.add(
          warnsOnly
              ? CheckResult.warning(name, detail, "correct \"Topic\"")
              : CheckResult.notOk(name, FailureKind.CONFIGURATION, detail, "correct \"Topic\""));
      return null;
    }
  }

  private void key(TableName table, Route route) throws IOException {
    switch (route.key().kind()) {
      case TABLE_NAME -> {}
      case COLUMNS -> keyColumns(table, route.key().columns());
      case PRIMARY_KEY -> primaryKey(table, route.cells());
    }
    if (!route.cells().isNone()) {
      cells(table, route.cells());
    }
  }

  private void cells(TableName table, CellRule cells) throws IOException {
    List<String> columns = names("COLUMNS", table, "");
    List<String> missing = cells.missing(columns);
    if (!missing.isEmpty()) {
      refuse(
          table,
          "Columns and Mask name " + missing + ", but the columns are " + columns,
          "correct \"Columns\" and \"Mask\" in the table's rule");
    }
  }

  private void refuse(TableName table, String detail, String fix) {
    results.add(CheckResult.notOk("table " + table, FailureKind.CONFIGURATION, detail, fix));
  }

  private void keyColumns(TableName table, List<String> key) throws IOException {
    List<String> columns = names("COLUMNS", table, "");
    List<String> missing =
        key.stream().filter(name -> !columns.contains(name.toLowerCase(Locale.ROOT))).toList();
    if (!missing.isEmpty()) {
      results.add(
          CheckResult.notOk(
              "table " + table,
              FailureKind.CONFIGURATION,
              "Key names " + missing + ", but the columns are " + columns,
              "correct \"Key\" in the table's rule"));
    }
  }

  private void primaryKey(TableName table, CellRule cells) throws IOException {
    TableDefinition shown = new ShownTable(session, table.schema(), table.table()).definition();
    List<String> key = shown == null ? List.of() : shown.primaryKey();
    List<String> hidden = key.stream().filter(cells::isHidden).toList();
    if (!hidden.isEmpty()) {
      refuse(
          table,
          "Key is \"@pk\", which has " + hidden + ", but Columns or Mask hides it",
          "correct \"Columns\" and \"Mask\" in the table's rule, or give it another \"Key\"");
    }
    if (key.isEmpty()) {
      results.add(
          CheckResult.warning(
              "table " + table,
              "Key is \"@pk\" but the table has no primary key and no unique key of whole NOT NULL"
                  + " columns: the table's name is used",
              "ALTER TABLE %s ADD PRIMARY KEY (...);".formatted(table)));
    }
  }

  private List<String> names(String view, TableName table, String more) throws IOException {
    String sql =
        "SELECT COLUMN_NAME FROM information_schema."
            + view
            + InformationSchema.where(table.schema(), table.table())
            + more;
    return session.query(sql).rows().stream()
        .map(row -> String.valueOf(row.text(0)).toLowerCase(Locale.ROOT))
        .toList();
  }

  /**
   * The table does not exist, or the user may not see it: only a query of the table shows which.
   */
  private CheckResult notShown(TableName table, String fix) throws IOException {
    String name = "table " + table;
    try {
      session.query("SELECT 1 FROM " + table.quoted() + " LIMIT 0");
      return CheckResult.warning(name, "is not a base table and has no row changes", "");
    } catch (ServerErrorException e) {
      if (SourceFailures.isDenied(e)) {
        return denied(name, e);
      }
      return CheckResult.warning(
          name,
          "does not exist: " + e.serverMessage(),
          fix.isEmpty() ? "correct \"Sources\", unless the table will be created later" : fix);
    }
  }

  private CheckResult denied(String name, ServerErrorException e) {
    String detail = "does not exist, or this user may not read it: " + e.serverMessage();
    return needsSelect
        ? CheckResult.notOk(name, FailureKind.SOURCE_ACCESS, detail, grantSelect)
        : CheckResult.warning(name, detail, grantSelect);
  }
}
