package io.binlogbroker.engine.schema.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.DdlChain;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After each statement the column lists equal those of information_schema. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class DdlChainIT {
  private final LiveServers servers;

  DdlChainIT(LiveServers servers) {
    this.servers = servers;
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_12", "MYSQL_8_0_33", "MARIADB_10_11", "MARIADB_11_4"})
  void everyStatementHasTheServersResult(MysqlVersion version) {
    MysqlServer mysql = servers.mysql(version);
    mysql.execute("DROP DATABASE IF EXISTS d", "CREATE DATABASE d CHARACTER SET utf8mb4");
    SqlDialect dialect = dialect(version, "");
    MemoryTables tables = new MemoryTables(dialect);

    for (String sql : DdlChain.of(mysql)) {
      String[] statements = DdlChain.statements(sql);
      if (!DdlChain.run(mysql, "d", sql)) {
        continue;
      }
      boolean ansi = sql.contains("ANSI_QUOTES");
      new MemoryTables(tables, ansi ? DdlChainIT.ansi(dialect) : dialect(version, sql))
          .run(DdlChain.asLogged(statements));

      assertThat(known(tables)).as(sql).isEqualTo(shown(mysql));
    }
  }

  /**
   * Each construct has its own tables, which are compared at the end. An unknown result is not a
   * difference: the server is queried then.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void everyConstructHasTheServersResult(MysqlVersion version) throws SQLException {
    MysqlServer mysql = servers.mysql(version);
    MemoryTables tables = new MemoryTables(dialect(version, ""));
    Map<String, String> origins = new TreeMap<>();
    try (Connection connection = mysql.connect();
        Statement session = connection.createStatement()) {
      begin(session);
      for (List<String> construct : DdlConstructs.all()) {
        origins.put(nameIn(construct), run(construct, session, version, tables));
      }
    }

    requireSame(known(tables), shown(mysql), origins);
  }

  /**
   * Random clauses that move, add, drop and rename columns, many in one statement. {@code
   * -Dddl.seed=7 -Dddl.moves=300} repeats a seed with more tables.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void columnsHaveTheServersOrder(MysqlVersion version) throws SQLException {
    MysqlServer mysql = servers.mysql(version);
    MemoryTables tables = new MemoryTables(dialect(version, ""));
    long seed = Long.getLong("ddl.seed", System.nanoTime() & 0xFFFF);
    RandomMoves moves = new RandomMoves(seed);
    Map<String, String> origins = new TreeMap<>();
    try (Connection connection = mysql.connect();
        Statement session = connection.createStatement()) {
      begin(session);
      for (int number = 0; number < Integer.getInteger("ddl.moves", 40); number++) {
        List<String> statements = moves.next("t" + number);
        origins.put(
            "t" + number, "-Dddl.seed=" + seed + " " + run(statements, session, version, tables));
      }
    }

    assertThat(origins.toString()).contains("ALTER TABLE");
    requireSame(known(tables), shown(mysql), origins);
  }

  private static void begin(Statement session) throws SQLException {
    session.execute("DROP DATABASE IF EXISTS d");
    session.execute("CREATE DATABASE d CHARACTER SET utf8mb4");
    session.execute("USE d");
  }

  private static void requireSame(
      Map<String, String> known, Map<String, String> shown, Map<String, String> origins) {
    assertThat(known.keySet()).isEqualTo(shown.keySet());
    SoftAssertions all = new SoftAssertions();
    known.forEach(
        (table, text) -> {
          String origin = origins.getOrDefault(table.replace('u', 't'), "");
          if (!text.startsWith("UNKNOWN") || !DdlConstructs.isUnclear(origin)) {
            all.assertThat(text).as(origin).isEqualTo(shown.get(table));
          }
        });
    all.assertAll();
  }

  private static String nameIn(List<String> construct) {
    Matcher name = Pattern.compile("\\bt\\d+\\b").matcher(String.join(" ", construct));
    assertThat(name.find()).isTrue();
    return name.group();
  }

  /** Returns the accepted statements. */
  private static String run(
      List<String> construct, Statement session, MysqlVersion version, MemoryTables tables)
      throws SQLException {
    List<String> accepted = new ArrayList<>();
    String mode = "";
    session.execute("SET sql_mode = ''");
    for (String sql : construct) {
      try {
        session.execute(sql);
      } catch (SQLException e) {
        continue;
      }
      accepted.add(sql);
      mode = sql.startsWith("SET sql_mode") ? sql : mode;
      new MemoryTables(tables, dialect(version, mode)).run(sql);
    }
    return String.join("; ", accepted);
  }

  private static SqlDialect dialect(MysqlVersion version, String mode) {
    SqlDialect.TypeNames names =
        mode.contains("ORACLE")
            ? SqlDialect.TypeNames.ORACLE
            : mode.contains("MAXDB") ? SqlDialect.TypeNames.MAXDB : SqlDialect.TypeNames.OWN;
    int number =
        switch (version) {
          case MYSQL_5_7_22 -> 50722;
          case MYSQL_8_0_12 -> 80012;
          case MYSQL_8_0_33, MYSQL_9 -> 80033;
          case MARIADB_10_11 -> 101100;
          case MARIADB_11_4 -> 110405;
        };
    return MemoryTables.dialect(version.isMariaDb(), number, names);
  }

  private static SqlDialect ansi(SqlDialect dialect) {
    return new SqlDialect(true, false, false, dialect.mariaDb(), dialect.version(), true);
  }

  private static Map<String, String> known(MemoryTables tables) {
    Map<String, String> shown = new TreeMap<>();
    for (TableName name : tables.of("d")) {
      String text = tables.show(name.table());
      if (!text.startsWith("ABSENT")) {
        shown.put(name.table(), text);
      }
    }
    return shown;
  }

  /** All tables at once: one query for each takes long. */
  private static Map<String, String> shown(MysqlServer mysql) {
    Map<String, List<String>> columns = new TreeMap<>();
    for (Map<String, @Nullable String> row :
        mysql.query(
            "SELECT TABLE_NAME AS o, COLUMN_NAME AS n, COLUMN_TYPE AS t, IS_NULLABLE AS u,"
                + " CHARACTER_SET_NAME AS c, EXTRA AS x FROM information_schema.COLUMNS WHERE"
                + " TABLE_SCHEMA = 'd' ORDER BY TABLE_NAME, ORDINAL_POSITION")) {
      columns.computeIfAbsent(row.get("o"), name -> new ArrayList<>()).add(column(row));
    }
    Map<String, List<String>> keys = new TreeMap<>();
    for (Map<String, @Nullable String> row :
        mysql.query(
            "SELECT TABLE_NAME AS o, COLUMN_NAME AS n FROM information_schema.STATISTICS WHERE"
                + " TABLE_SCHEMA = 'd' AND INDEX_NAME = 'PRIMARY' ORDER BY SEQ_IN_INDEX")) {
      keys.computeIfAbsent(row.get("o"), name -> new ArrayList<>()).add(row.get("n"));
    }
    for (String table : keyedWithoutPrimary(mysql)) {
      keys.computeIfAbsent(table, name -> firstKey(mysql, name));
    }
    Map<String, String> shown = new TreeMap<>();
    columns.forEach(
        (table, list) ->
            shown.put(table, String.join(", ", list) + " " + keys.getOrDefault(table, List.of())));
    return shown;
  }

  /** The server uses a unique key as the primary key if there is none, and marks it as PRI. */
  private static List<String> keyedWithoutPrimary(MysqlServer mysql) {
    return mysql
        .query(
            "SELECT DISTINCT TABLE_NAME AS o FROM information_schema.COLUMNS WHERE TABLE_SCHEMA ="
                + " 'd' AND COLUMN_KEY = 'PRI'")
        .stream()
        .map(row -> String.valueOf(row.get("o")))
        .toList();
  }

  private static List<String> firstKey(MysqlServer mysql, String table) {
    List<Map<String, @Nullable String>> parts = mysql.query("SHOW INDEX FROM d.`" + table + "`");
    String first = parts.get(0).get("Key_name");
    return parts.stream()
        .filter(part -> Objects.equals(part.get("Key_name"), first))
        .map(part -> String.valueOf(part.get("Column_name")))
        .collect(Collectors.toList());
  }

  /** Display widths and ZEROFILL are ignored. */
  private static String column(Map<String, @Nullable String> row) {
    String type =
        String.valueOf(row.get("t"))
            .replaceAll("^((?:small|medium|big)?int|year)\\(\\d+\\)", "$1")
            .replaceAll("^tinyint\\((?!1\\))\\d+\\)", "tinyint")
            .replace(" zerofill", "");
    return row.get("n")
        + " "
        + type
        + ("YES".equals(row.get("u")) ? "" : " NOT NULL")
        + (row.get("c") == null || "binary".equals(row.get("c")) ? "" : " " + charset(row.get("c")))
        + (String.valueOf(row.get("x")).contains("VIRTUAL GENERATED") ? " VIRTUAL" : "");
  }

  /** Older servers use the first name for the same character set. */
  private static String charset(@Nullable String name) {
    return "utf8".equals(name) ? "utf8mb3" : String.valueOf(name);
  }
}
