package io.binlogbroker.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.engine.Pipeline;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.engine.snapshot.SnapshotRequest.Action;
import io.binlogbroker.engine.snapshot.SnapshotState.Status;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Snapshots of unusual tables. Each has a column {@code touched}: an update of all rows afterwards
 * shows the same rows as the stream delivers them.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class SnapshotKindsIT {
  private static final SnapshotOptions SMALL_CHUNKS =
      new SnapshotOptions(2, 300, 1 << 20, 1 << 20, Duration.ZERO);

  private static LiveServers servers;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void aRowIsWrittenAsTheStreamWritesIt(MysqlVersion version) {
    MysqlServer server = servers.mysql(version);
    String schema = "kinds_" + version.name().toLowerCase(Locale.ROOT);
    server.execute("CREATE DATABASE " + schema, "USE " + schema);
    List<String> tables = create(server, schema, version);
    MemorySink sink = new MemorySink();
    SnapshotRuns runs = new SnapshotRuns(server, schema, sink);

    runs.runUntil(
        SMALL_CHUNKS,
        () ->
            tables.stream()
                .allMatch(
                    table -> {
                      SnapshotState state = runs.state(table);
                      return state != null && state.isComplete();
                    }));
    tables.forEach(
        table ->
            server.execute("UPDATE " + new TableName(schema, table).quoted() + " SET touched = 1"));
    server.execute(
        "CREATE TABLE " + schema + ".zz (id INT PRIMARY KEY, v INT)",
        "INSERT INTO " + schema + ".zz VALUES (-1, 0)");
    runs.runUntil(null, () -> VersionedMessages.isDelivered(sink.messages(), -1));

    Map<String, List<String>> read = new TreeMap<>();
    Map<String, List<String>> updated = new TreeMap<>();
    for (Message message : sink.messages()) {
      JsonNode json = VersionedMessages.read(message);
      boolean isRead = json.get("op").asText().equals("r");
      if (isRead || json.get("op").asText().equals("u")) {
        ObjectNode row = json.get("after").deepCopy();
        row.remove("touched");
        (isRead ? read : updated)
            .computeIfAbsent(VersionedMessages.table(message), unused -> new ArrayList<>())
            .add(row.toString());
      }
    }
    assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(tables);
    assertThat(read)
        .allSatisfy(
            (table, rows) ->
                assertThat(rows)
                    .as(table)
                    .containsExactlyInAnyOrderElementsOf(updated.getOrDefault(table, List.of())));
  }

  private static List<String> create(MysqlServer server, String schema, MysqlVersion version) {
    boolean mariaDb = version.name().startsWith("MARIADB");
    List<String> tables = new ArrayList<>();
    add(
        tables,
        server,
        schema,
        "divided (id INT, day DATE, touched INT, PRIMARY KEY (id, day)) PARTITION BY RANGE"
            + " (YEAR(day)) (PARTITION a VALUES LESS THAN (2020), PARTITION b VALUES LESS THAN"
            + " MAXVALUE)",
        "(1, '2019-01-01', 0), (1, '2021-01-01', 0), (0, '2021-01-01', 0), (7, '2001-01-01', 0)");
    add(
        tables,
        server,
        schema,
        "computed (id INT PRIMARY KEY, a INT, twice INT AS (a * 2) STORED, label VARCHAR(20) AS"
            + " (CONCAT('n', a)) VIRTUAL, touched INT)",
        "(1, 5, DEFAULT, DEFAULT, 0), (2, NULL, DEFAULT, DEFAULT, 0)");
    add(
        tables,
        server,
        schema,
        "uniquely (a INT, b INT NOT NULL, touched INT, UNIQUE KEY u (b))",
        "(1, 2, 0), (NULL, 1, 0)");
    add(
        tables,
        server,
        schema,
        "twokeys (a INT NOT NULL, b VARCHAR(5) NOT NULL, touched INT, UNIQUE KEY two (b, a), UNIQUE"
            + " KEY one (a))",
        "(1, 'x', 0), (2, 'X', 0)");
    add(
        tables,
        server,
        schema,
        "flat (id INT PRIMARY KEY, a INT, touched INT) ENGINE = MyISAM",
        "(1, 1, 0), (2, 2, 0)");
    add(
        tables,
        server,
        schema,
        "`od``d` (`i``d` INT PRIMARY KEY, `select` INT, touched INT)",
        "(1, 1, 0), (2, 2, 0)");
    add(tables, server, schema, wide(), "(1, " + "7, 'v', ".repeat(250) + "0)");
    if (!mariaDb) {
      add(
          tables,
          server,
          schema,
          "computedkey (a INT, id INT AS (a * 2) STORED PRIMARY KEY, touched INT)",
          "(5, DEFAULT, 0), (7, DEFAULT, 0)");
    }
    if (mariaDb) {
      add(
          tables,
          server,
          schema,
          "unseen (id INT PRIMARY KEY, secret INT INVISIBLE DEFAULT 7, touched INT)",
          "(1, 0), (2, 0)");
    } else if (version == MysqlVersion.MYSQL_8_0_33) {
      add(
          tables,
          server,
          schema,
          "unseen (id INT PRIMARY KEY, secret INT INVISIBLE DEFAULT 7, touched INT)",
          "(1, 0), (2, 0)");
      server.execute(
          "USE " + schema,
          "SET SESSION sql_generate_invisible_primary_key = ON",
          "CREATE TABLE generatedkey (a INT, touched INT)",
          "INSERT INTO generatedkey VALUES (1, 0), (1, 0), (2, 0)");
      tables.add("generatedkey");
    }
    return tables;
  }

  private static String wide() {
    return IntStream.range(0, 500)
        .mapToObj(n -> "c" + n + (n % 2 == 0 ? " INT" : " VARCHAR(3)"))
        .collect(Collectors.joining(", ", "wide (id INT PRIMARY KEY, ", ", touched INT)"));
  }

  private static void add(
      List<String> tables, MysqlServer server, String schema, String definition, String rows) {
    String quoted = definition.substring(0, definition.indexOf(" ("));
    server.execute(
        "USE " + schema, "CREATE TABLE " + definition, "INSERT INTO " + quoted + " VALUES " + rows);
    tables.add(
        quoted.startsWith("`")
            ? quoted.substring(1, quoted.length() - 1).replace("``", "`")
            : quoted);
  }

  @Test
  void currentRowsOfATableWithSystemVersioningAreCopied() {
    MysqlServer server = servers.mysql(MysqlVersion.MARIADB_11_4);
    server.execute(
        "CREATE DATABASE versioned",
        "USE versioned",
        "CREATE TABLE t (id INT PRIMARY KEY, v INT) WITH SYSTEM VERSIONING",
        "INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)",
        "UPDATE t SET v = 7 WHERE id = 2",
        "DELETE FROM t WHERE id = 3");
    MemorySink sink = new MemorySink();
    SnapshotRuns runs = new SnapshotRuns(server, "versioned", sink);

    runs.runUntil(SMALL_CHUNKS, runs::isComplete);

    assertThat(VersionedMessages.applied(sink.messages())).isEqualTo(Map.of(1, 0L, 2, 7L));
  }

  /** A pattern may match their names. */
  @Test
  void viewsAndSequencesAreNotCopied() {
    MysqlServer server = servers.mysql(MysqlVersion.MARIADB_11_4);
    server.execute(
        "CREATE DATABASE viewed",
        "USE viewed",
        "CREATE TABLE t (id INT PRIMARY KEY, v INT)",
        "INSERT INTO t VALUES (1, 0)",
        "CREATE VIEW v AS SELECT id, v FROM t",
        "CREATE SEQUENCE s");
    MemorySink sink = new MemorySink();
    SnapshotRuns runs = new SnapshotRuns(server, "viewed", sink);
    Pipeline pipeline = runs.pipeline(SMALL_CHUNKS);
    List<TableName> asked = List.of(new TableName("viewed", "v"), new TableName("viewed", "s"));
    pipeline.snapshots().submit(new SnapshotRequest("1", Action.START, asked, null, 0));

    runs.runPipelineUntil(
        pipeline,
        () ->
            runs.isComplete()
                && runs.state("v") != null
                && runs.state("s") != null
                && runs.state("v").status() == Status.FAILED
                && runs.state("s").status() == Status.FAILED);

    assertThat(runs.state("v").reason()).contains("it is no table but: VIEW");
    assertThat(runs.state("s").reason()).contains("it is no table but: SEQUENCE");
    assertThat(sink.messages()).hasSize(1);
  }

  /** The first rows are small, so that many are read at once. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void rowsOfFortyMegabytesBehindSmallOnes(MysqlVersion version) {
    MysqlServer server = servers.mysql(version);
    String schema = "large_" + version.name().toLowerCase(Locale.ROOT);
    server.execute(
        "CREATE DATABASE " + schema,
        "USE " + schema,
        "SET GLOBAL max_allowed_packet = 67108864",
        "CREATE TABLE t (id INT PRIMARY KEY, v INT, a LONGTEXT)");
    for (int id = 0; id < 700; id += 100) {
      int first = id;
      server.execute(
          "INSERT INTO "
              + schema
              + ".t VALUES "
              + IntStream.range(first, first + 100)
                  .mapToObj(n -> "(" + n + ", 0, 'x')")
                  .collect(Collectors.joining(", ")));
    }
    for (int id = 650; id < 652; id++) {
      server.execute(
          "UPDATE " + schema + ".t SET a = REPEAT('x', 40 * 1024 * 1024) WHERE id = " + id);
    }
    MemorySink sink = new MemorySink();
    SnapshotRuns runs = new SnapshotRuns(server, schema, sink);

    runs.runUntil(SnapshotOptions.DEFAULT, runs::isComplete);

    assertThat(runs.isComplete()).isTrue();
    assertThat(sink.messages()).hasSize(700);
    assertThat(sink.messages().stream().filter(message -> message.bytes() > 40 << 20)).hasSize(2);
    server.execute("DROP DATABASE " + schema);
  }
}
