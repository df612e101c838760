package io.binlogbroker.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.query.QueryPlan;
import io.binlogbroker.binlog.query.QueryRow;
import io.binlogbroker.binlog.row.column.TextFaults;
import io.binlogbroker.binlog.wire.BinaryResult;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.engine.source.mysql.schema.ShownTable;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Chunks contain each row once, for keys of every type and collation, and are read by the key's
 * index.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(300)
class ChunkQueryIT {
  /** From one on: every key is the bound of a chunk. */
  private static final int MOST_ROWS = 3;

  private static LiveServers servers;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
  }

  /** A primary key, and values for its columns; duplicates in the key's collation are ignored. */
  record Keyed(String name, String columns, String key, List<String> values) {}

  static List<Keyed> tables(MysqlVersion version) {
    List<Keyed> tables = new ArrayList<>();
    tables.add(one("tiny", "TINYINT", "-128", "-1", "0", "1", "2", "100", "127"));
    tables.add(
        one(
            "big",
            "BIGINT UNSIGNED",
            "0",
            "1",
            "9007199254740992",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551614",
            "18446744073709551615"));
    tables.add(one("yearly", "YEAR", "0", "1901", "1999", "2026", "2155"));
    tables.add(one("bits", "BIT(64)", "0", "1", "255", "9007199254740993", "9007199254740992"));
    tables.add(
        one("exact", "DECIMAL(30,10)", "-1.5", "0", "0.0000000001", "0.0000000002", "12345678901"));
    tables.add(one("single", "FLOAT", "-0.1", "0", "0.1", "0.2", "1e-40", "3.4e38", "16777216"));
    tables.add(one("real8", "DOUBLE", "-0.1", "0", "0.1", "0.2", "5e-324", "1e308", "2e-3"));
    List<String> days = new ArrayList<>(List.of("'0000-00-00'", "'2020-00-00'", "'9999-12-31'"));
    IntStream.range(10, 30).forEach(day -> days.add("'2026-11-" + day + "'"));
    tables.add(one("daily", "DATE", days.toArray(String[]::new)));
    tables.add(
        one(
            "moments",
            "DATETIME(6)",
            "'0000-00-00'",
            "'1000-01-01'",
            "'2026-11-22 08:24:00.000001'",
            "'2026-11-22 08:24:00.000002'",
            "'9999-12-31 23:59:59.999999'"));
    tables.add(
        one(
            "instants",
            "TIMESTAMP(3)",
            "'0000-00-00'",
            "'1970-01-02 00:00:00.001'",
            "'2026-10-25 02:30:00'",
            "'2026-10-25 03:30:00.5'",
            "'2038-01-19 03:14:07'"));
    tables.add(
        one(
            "times",
            "TIME(2)",
            "'-838:59:59'",
            "'-00:00:00.01'",
            "'0'",
            "'12:00:00.5'",
            "'838:59:59'"));
    tables.add(
        one("uuids", "BINARY(16)", "X'00'", "X'01'", "X'0100'", "X'FF'", "X'2727'", "X'5C5C'"));
    tables.add(
        one("raw", "VARBINARY(8)", "X''", "X'00'", "X'0000'", "X'01'", "X'41'", "X'61'", "X'FF'"));
    String[] labels =
        IntStream.range(10, 30).mapToObj(i -> "'" + (40 - i) + "'").toArray(String[]::new);
    tables.add(one("chosen", "ENUM(" + String.join(",", labels) + ")", labels));
    tables.add(
        one("sets", "SET('a','b','c')", "''", "'a'", "'b'", "'a,b'", "'c'", "'a,c'", "'b,c'"));
    String[] words = {
      "''",
      "' '",
      "'a'",
      "'A'",
      "'a '",
      "'á'",
      "'ä'",
      "'ae'",
      "'æ'",
      "'b'",
      "'B'",
      "'z'",
      "'Z'",
      "'ß'",
      "'ss'",
      "'%'",
      "'_'",
      "'\\\\'",
      "'\\''",
      "'Straße'",
      "'STRASSE'"
    };
    tables.add(one("latin", "VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci", words));
    tables.add(one("german", "CHAR(20) CHARACTER SET latin1 COLLATE latin1_german2_ci", words));
    tables.add(one("latinbin", "CHAR(20) CHARACTER SET latin1 COLLATE latin1_bin", words));
    tables.add(
        one("general", "VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci", words));
    tables.add(
        one("unicode", "VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci", words));
    tables.add(one("bin4", "VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", words));
    tables.add(one("utf3", "VARCHAR(20) CHARACTER SET utf8 COLLATE utf8_general_ci", words));
    tables.add(one("wide", "VARCHAR(20) CHARACTER SET utf16 COLLATE utf16_unicode_ci", words));
    tables.add(one("ucs", "VARCHAR(20) CHARACTER SET ucs2 COLLATE ucs2_general_ci", words));
    tables.add(
        one(
            "chinese",
            "VARCHAR(20) CHARACTER SET gbk COLLATE gbk_chinese_ci",
            "'啊'",
            "'阿'",
            "'订单'",
            "'a'",
            "'A'",
            "'丂'",
            "'誠'",
            "'乗'"));
    if (!version.isMariaDb() && version != MysqlVersion.MYSQL_5_7_22) {
      tables.add(
          one("modern", "VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci", words));
      tables.add(
          one("cased", "VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_as_cs", words));
    }
    if (version.isMariaDb()) {
      tables.add(
          one(
              "guid",
              "UUID",
              "'00000000-0000-0000-0000-000000000001'",
              "'01000000-0000-0000-0000-000000000000'",
              "'123e4567-e89b-12d3-a456-426655440000'",
              "'ffffffff-ffff-ffff-ffff-ffffffffffff'"));
      tables.add(one("v6", "INET6", "'::'", "'::1'", "'2001:db8::1'", "'ffff::'"));
    }
    tables.add(
        new Keyed(
            "composite",
            "b VARCHAR(10) NOT NULL, a INT NOT NULL, e ENUM('q','p') NOT NULL",
            "a, b, e",
            List.of(
                "('x', 1, 'q')",
                "('x', 1, 'p')",
                "('X ', 1, 'q')",
                "('y', 1, 'p')",
                "('', 2, 'q')",
                "('x', 2, 'p')",
                "('y', 2, 'q')",
                "('zz', -5, 'p')",
                "('zz', -5, 'q')")));
    tables.add(
        new Keyed(
            "labelled",
            "e ENUM('q','p','r') NOT NULL, a INT NOT NULL",
            "e, a",
            List.of("('q', 1)", "('p', -1)", "('p', 1)", "('r', 0)", "('q', 0)")));
    return tables;
  }

  private static Keyed one(String name, String type, String... values) {
    List<String> rows = new ArrayList<>();
    for (String value : values) {
      rows.add("(" + value + ")");
    }
    return new Keyed(name, "k " + type + " NOT NULL", "k", rows);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void chunksContainEachRowOnce(MysqlVersion version) throws Exception {
    MysqlServer server = servers.mysql(version);
    String schema = "chunks_" + version.name().toLowerCase(Locale.ROOT);
    server.execute("CREATE DATABASE " + schema + " CHARACTER SET utf8mb4");
    List<String> failures = new ArrayList<>();
    try (Session session = Session.open(QueriedRowsIT.options(server))) {
      for (Keyed table : tables(version)) {
        create(server, schema, table);
        List<String> expected = all(session, schema, table);
        assertThat(expected).as(table.name()).hasSize(count(server, schema, table));
        for (int size = 1; size <= MOST_ROWS; size++) {
          List<String> read = chunks(session, schema, table, size);
          if (!read.equals(expected)) {
            failures.add(table.name() + ": expected " + expected + " but read " + read);
          }
        }
      }
    }

    assertThat(failures).isEmpty();
  }

  /**
   * A SET is compared by an expression; the rows of all others are found by a range scan. A few
   * rows of an ENUM alone may not be worth one.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void aChunkIsARangeOfTheIndex(MysqlVersion version) throws Exception {
    MysqlServer server = servers.mysql(version);
    String schema = "ranges_" + version.name().toLowerCase(Locale.ROOT);
    server.execute("CREATE DATABASE " + schema + " CHARACTER SET utf8mb4");
    List<String> scans = new ArrayList<>();
    try (Session session = Session.open(QueriedRowsIT.options(server))) {
      for (Keyed table : tables(version)) {
        create(server, schema, table);
        switch (table.name()) {
          case "composite" -> fill(server, schema, table, "CONCAT(p.n, q.n), r.n * 5 + s.n, 1");
          case "labelled" -> fill(server, schema, table, "1 + p.n % 3, q.n * 25 + r.n * 5 + s.n");
          default -> {}
        }
        ChunkQuery query = query(session, schema, table.name());
        int half = count(server, schema, table) / 2;
        List<String> middle = page(session, query, null, half).last();
        // With a limit, the server may prefer to scan the index of a small table.
        String sql = query.rows(middle, null, MOST_ROWS).replaceAll(" ORDER BY .*", "");
        String plan = session.query("EXPLAIN " + sql).rows().get(0).text("type");
        if (!"range".equals(plan)) {
          scans.add(table.name() + " " + plan);
        }
      }
    }

    assertThat(scans)
        .filteredOn(scan -> !scan.startsWith("chosen"))
        .singleElement()
        .asString()
        .startsWith("sets ");
  }

  /** A range scan of a few rows may not be worth it to the server. */
  private static void fill(MysqlServer server, String schema, Keyed table, String values) {
    String name = schema + "." + table.name();
    String digits = "(SELECT 0 AS n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4)";
    server.execute(
        "INSERT IGNORE INTO %1$s SELECT %2$s FROM %3$s p, %3$s q, %3$s r, %3$s s"
            .formatted(name, values, digits),
        "ANALYZE TABLE " + name);
  }

  static int count(MysqlServer server, String schema, Keyed table) {
    String sql = "SELECT COUNT(*) AS n FROM " + schema + "." + table.name();
    return Integer.parseInt(Objects.requireNonNull(server.query(sql).get(0).get("n")));
  }

  static void create(MysqlServer server, String schema, Keyed table) {
    List<String> statements = new ArrayList<>();
    statements.add("SET SESSION sql_mode = '', time_zone = '+00:00'");
    statements.add(
        "CREATE TABLE %s.%s (%s, PRIMARY KEY (%s))"
            .formatted(schema, table.name(), table.columns(), table.key()));
    for (String value : table.values()) {
      statements.add("INSERT IGNORE INTO %s.%s VALUES %s".formatted(schema, table.name(), value));
    }
    server.execute(statements.toArray(String[]::new));
  }

  private static List<String> all(Session session, String schema, Keyed table) throws IOException {
    ChunkQuery query = query(session, schema, table.name());
    return page(session, query, null, 1_000).rows();
  }

  private record Page(List<String> rows, @Nullable List<String> last) {}

  private static List<String> chunks(Session session, String schema, Keyed table, int size)
      throws IOException {
    ChunkQuery query = query(session, schema, table.name());
    List<String> rows = new ArrayList<>();
    List<String> after = null;
    do {
      Page page = page(session, query, after, size);
      rows.addAll(page.rows());
      after = page.last();
    } while (after != null && rows.size() < 1_000);
    return rows;
  }

  static ChunkQuery query(Session session, String schema, String table) throws IOException {
    QueryPlan plan =
        QueryPlan.of(
            schema,
            table,
            Objects.requireNonNull(new ShownTable(session, schema, table).definition()).schema());
    session.execute(QueryPlan.SESSION);
    return new ChunkQuery(plan, "PRIMARY", plan.rows().primaryKey(), null);
  }

  private static Page page(
      Session session, ChunkQuery query, @Nullable List<String> after, int limit)
      throws IOException {
    List<String> rows = new ArrayList<>();
    List<String> last = null;
    KeyLiterals literals = new KeyLiterals(query.plan(), query.key());
    try (BinaryResult result = session.select(query.rows(after, null, limit))) {
      QueryRow row = new QueryRow(query.plan(), result, TextFaults.IGNORED);
      while (result.next()) {
        rows.add(String.valueOf(literals.of(result, row)));
        last = rows.size() == limit ? literals.of(result, row) : null;
      }
    }
    return new Page(rows, last);
  }
}
