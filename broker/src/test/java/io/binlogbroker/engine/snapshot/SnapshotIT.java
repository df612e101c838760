package io.binlogbroker.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A table that is copied under a load of changes: applying the messages in order gives the table,
 * and no message is older than one before it for the same key.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(300)
class SnapshotIT {
  private static final int ROWS = 40_000;
  private static final int KILLS = 5;
  private static final SnapshotOptions SNAPSHOT =
      new SnapshotOptions(2, 64 << 10, 1 << 20, 64 << 20, Duration.ofSeconds(1));

  private static LiveServers servers;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void theMessagesGiveTheTable(MysqlVersion version) throws Exception {
    MysqlServer server = servers.mysql(version);
    String schema = "snapshot_" + version.name().toLowerCase(Locale.ROOT);
    create(server, schema);
    MemorySink sink = new MemorySink();
    SnapshotRuns runs = new SnapshotRuns(server, schema, sink);
    long seed = new Random().nextLong();
    Load load = new Load(server, schema, seed);
    Thread writer = new Thread(load, "load");
    writer.start();

    for (int kill = 1; kill <= KILLS; kill++) {
      int rows = kill * ROWS / (KILLS + 2);
      Thread killer =
          new Thread(
              () -> {
                SnapshotRuns.await(() -> runs.rows() >= rows);
                sink.kill();
              });
      killer.start();
      runs.run(runs.pipeline(SNAPSHOT));
      assertThat(runs.isComplete()).isFalse();
    }
    runs.runUntil(SNAPSHOT, runs::isComplete);
    load.stop();
    writer.join();
    server.execute("INSERT INTO " + schema + ".t VALUES (-1, 0, 'end')");
    runs.runUntil(SNAPSHOT, () -> VersionedMessages.isDelivered(sink.messages(), -1));

    assertThat(load.failure).isNull();
    assertThat(VersionedMessages.violations(sink.messages())).as("seed %d", seed).isEmpty();
    assertThat(VersionedMessages.applied(sink.messages()))
        .as("seed %d", seed)
        .isEqualTo(table(server, schema));
  }

  /** The row of the snapshot is left out, and that of the stream does not have all columns. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void aChangeWithoutAllColumnsEndsTheSnapshotAlone(MysqlVersion version) {
    MysqlServer server = servers.mysql(version);
    String schema = "minimal_" + version.name().toLowerCase(Locale.ROOT);
    create(server, schema);
    MemorySink sink = new MemorySink();
    SnapshotRuns runs = new SnapshotRuns(server, schema, sink);
    Thread writer =
        new Thread(
            () -> {
              SnapshotRuns.await(() -> runs.rows() > 0);
              server.execute(
                  "SET SESSION binlog_row_image = MINIMAL",
                  "UPDATE " + schema + ".t SET v = 1 WHERE id = 5",
                  "SET SESSION binlog_row_image = FULL",
                  "INSERT INTO " + schema + ".t VALUES (-1, 0, 'end')");
            });
    writer.start();

    runs.runUntil(
        new SnapshotOptions(1, 300, 1 << 20, 64 << 20, Duration.ofSeconds(1)),
        () -> VersionedMessages.isDelivered(sink.messages(), -1));

    assertThat(VersionedMessages.isDelivered(sink.messages(), -1)).isTrue();
    assertThat(runs.isComplete()).isFalse();
    assertThat(runs.rows()).isLessThan(ROWS);
  }

  private static void create(MysqlServer server, String schema) {
    String digits =
        "(SELECT 0 AS n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5"
            + " UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)";
    server.execute(
        "CREATE DATABASE " + schema,
        "USE " + schema,
        "CREATE TABLE t (id INT PRIMARY KEY, v BIGINT NOT NULL, pad VARCHAR(200) NOT NULL)",
        "INSERT INTO t SELECT a.n + b.n*10 + c.n*100 + d.n*1000 + e.n*10000, 0, REPEAT('x', 100)"
            + " FROM %1$s a, %1$s b, %1$s c, %1$s d, %1$s e WHERE e.n < 4".formatted(digits));
  }

  /** Changes random rows, each with a version that is higher than all before. */
  private static final class Load implements Runnable {
    private final MysqlServer server;
    private final String schema;
    private final Random random;
    private volatile boolean stopped;
    private volatile @Nullable Throwable failure;

    Load(MysqlServer server, String schema, long seed) {
      this.server = server;
      this.schema = schema;
      this.random = new Random(seed);
    }

    void stop() {
      stopped = true;
    }

    @Override
    public void run() {
      long version = 1;
      try (Connection connection = server.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("USE " + schema);
        while (!stopped) {
          int id = random.nextInt(ROWS + 2_000);
          switch (random.nextInt(5)) {
            case 0 -> statement.execute("DELETE FROM t WHERE id = " + id);
            case 1 ->
                statement.execute(
                    "INSERT IGNORE INTO t VALUES (%d, %d, 'new')".formatted(id, version));
            case 2 ->
                statement.execute(
                    "UPDATE IGNORE t SET id = %d, v = %d WHERE id = %d"
                        .formatted(random.nextInt(ROWS + 2_000), version, id));
            default ->
                statement.execute(
                    "UPDATE t SET v = %d WHERE id BETWEEN %d AND %d"
                        .formatted(version, id, id + random.nextInt(5)));
          }
          version++;
        }
      } catch (Exception e) {
        failure = e;
      }
    }
  }

  private static Map<Integer, Long> table(MysqlServer server, String schema) {
    Map<Integer, Long> table = new TreeMap<>();
    server
        .query("SELECT id, v FROM " + schema + ".t")
        .forEach(
            row ->
                table.put(
                    Integer.valueOf(Objects.requireNonNull(row.get("id"))),
                    Long.valueOf(Objects.requireNonNull(row.get("v")))));
    return table;
  }
}
