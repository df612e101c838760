package io.binlogbroker.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.engine.snapshot.ChunkQueryIT.Keyed;
import io.binlogbroker.engine.snapshot.SnapshotState.Status;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A snapshot of many tables, with keys of every type, and of some without one. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class SnapshotTablesIT {
  private static final SnapshotOptions SMALL_CHUNKS =
      new SnapshotOptions(2, 300, 1 << 20, 1 << 20, Duration.ZERO);

  private static LiveServers servers;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void eachRowOfEachTableArrivesOnce(MysqlVersion version) {
    MysqlServer server = servers.mysql(version);
    String schema = "tables_" + version.name().toLowerCase(Locale.ROOT);
    server.execute("CREATE DATABASE " + schema + " CHARACTER SET utf8mb4");
    List<Keyed> tables = ChunkQueryIT.tables(version);
    tables.forEach(table -> ChunkQueryIT.create(server, schema, table));
    server.execute(
        "CREATE TABLE " + schema + ".empty (id INT PRIMARY KEY)",
        "CREATE TABLE " + schema + ".nokey (a INT)",
        "INSERT INTO " + schema + ".nokey VALUES (1)",
        "CREATE TABLE " + schema + ".uniquely (a INT NOT NULL UNIQUE)",
        "INSERT INTO " + schema + ".uniquely VALUES (1)",
        "CREATE TABLE " + schema + ".prefixed (a TEXT NOT NULL, PRIMARY KEY (a(5)))",
        "INSERT INTO " + schema + ".prefixed VALUES ('a')");
    MemorySink sink = new MemorySink();
    SnapshotRuns runs = new SnapshotRuns(server, schema, sink);

    runs.runUntil(
        SMALL_CHUNKS,
        () ->
            isEnded(runs, "nokey")
                && isEnded(runs, "prefixed")
                && isComplete(runs, "empty")
                && tables.stream().allMatch(table -> isComplete(runs, table.name())));

    Map<String, Integer> arrived = new TreeMap<>();
    for (Message message : sink.messages()) {
      arrived.merge(VersionedMessages.table(message), 1, Integer::sum);
    }
    Map<String, Integer> expected = new TreeMap<>();
    tables.forEach(table -> expected.put(table.name(), ChunkQueryIT.count(server, schema, table)));
    expected.put("uniquely", 1);
    // Without GTIDs, MySQL does not tell what a query of a table without a key contains.
    Status withoutKey = isMariaDb(version) ? Status.COMPLETE : Status.FAILED;
    if (isMariaDb(version)) {
      expected.put("nokey", 1);
      expected.put("prefixed", 1);
    }
    assertThat(arrived).isEqualTo(expected);
    assertThat(runs.state("nokey").status()).isEqualTo(withoutKey);
    assertThat(runs.state("prefixed").status()).isEqualTo(withoutKey);
  }

  private static boolean isMariaDb(MysqlVersion version) {
    return version.name().startsWith("MARIADB");
  }

  private static boolean isEnded(SnapshotRuns runs, String table) {
    SnapshotState state = runs.state(table);
    return state != null && state.status() != Status.READING;
  }

  private static boolean isComplete(SnapshotRuns runs, String table) {
    SnapshotState state = runs.state(table);
    return state != null && state.isComplete();
  }
}
