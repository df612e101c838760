package io.binlogbroker.broker.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.DdlChain;
import io.binlogbroker.broker.LiveServers;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After each statement our column lists are those of information_schema. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class DdlChainIT {
  private final LiveServers servers;

  DdlChainIT(LiveServers servers) {
    this.servers = servers;
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_12", "MYSQL_8_0_33", "MARIADB_10_11", "MARIADB_11_4"})
  void everyStatementLeavesWhatTheServerShows(MysqlVersion version) {
    MysqlServer mysql = servers.mysql(version);
    mysql.execute("DROP DATABASE IF EXISTS d", "CREATE DATABASE d CHARACTER SET utf8mb4");
    SqlDialect dialect = version.isMariaDb() ? MemoryTables.MARIADB : MemoryTables.MYSQL;
    MemoryTables tables = new MemoryTables(dialect);

    for (String sql : DdlChain.of(mysql)) {
      String[] statements = DdlChain.statements(sql);
      if (!DdlChain.run(mysql, "d", sql)) {
        continue;
      }
      boolean ansi = sql.contains("ANSI_QUOTES");
      new MemoryTables(tables, ansi ? DdlChainIT.ansi(dialect) : dialect)
          .run(DdlChain.asLogged(statements));

      assertThat(known(tables)).as(sql).isEqualTo(shown(mysql));
    }
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

  private static Map<String, String> shown(MysqlServer mysql) {
    Map<String, String> shown = new TreeMap<>();
    for (Map<String, @Nullable String> row :
        mysql.query(
            "SELECT TABLE_NAME AS t FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'd'")) {
      String table = String.valueOf(row.get("t"));
      shown.put(table, columns(mysql, table) + " " + primaryKey(mysql, table));
    }
    return shown;
  }

  private static String columns(MysqlServer mysql, String table) {
    String sql =
        "SELECT COLUMN_NAME AS n, COLUMN_TYPE AS t, IS_NULLABLE AS o, CHARACTER_SET_NAME AS c FROM"
            + " information_schema.COLUMNS WHERE TABLE_SCHEMA = 'd' AND TABLE_NAME = '"
            + table
            + "' ORDER BY ORDINAL_POSITION";
    return mysql.query(sql).stream().map(DdlChainIT::column).collect(Collectors.joining(", "));
  }

  /** Widths and ZEROFILL are for show. */
  private static String column(Map<String, @Nullable String> row) {
    String type =
        String.valueOf(row.get("t"))
            .replaceAll("^((?:small|medium|big)?int|year)\\(\\d+\\)", "$1")
            .replaceAll("^tinyint\\((?!1\\))\\d+\\)", "tinyint")
            .replace(" zerofill", "");
    return row.get("n")
        + " "
        + type
        + ("YES".equals(row.get("o")) ? "" : " NOT NULL")
        + (row.get("c") == null ? "" : " " + charset(row.get("c")));
  }

  /** Older servers have the first name for the same. */
  private static String charset(@Nullable String name) {
    return "utf8".equals(name) ? "utf8mb3" : String.valueOf(name);
  }

  private static List<@Nullable String> primaryKey(MysqlServer mysql, String table) {
    String sql =
        "SELECT COLUMN_NAME AS n FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = 'd' AND"
            + " INDEX_NAME = 'PRIMARY' AND TABLE_NAME = '"
            + table
            + "' ORDER BY SEQ_IN_INDEX";
    return mysql.query(sql).stream().<@Nullable String>map(row -> row.get("n")).toList();
  }
}
