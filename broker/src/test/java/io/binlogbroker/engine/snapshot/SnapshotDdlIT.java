package io.binlogbroker.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.engine.snapshot.SnapshotState.Status;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that are changed, renamed, emptied and dropped while they are copied. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class SnapshotDdlIT {
  private static final int ROWS = 3_000;
  private static final SnapshotOptions SLOW =
      new SnapshotOptions(
          2,
          300,
          1 << 20,
          1 << 20,
          Duration.ofSeconds(1),
          400 << 10,
          Duration.ofDays(1),
          Long.MAX_VALUE);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static LiveServers servers;

  private final MemorySink sink = new MemorySink();

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MYSQL_5_7_22", "MARIADB_11_4"})
  void anAddedColumnIsInAllRowsThatFollow(MysqlVersion version) {
    SnapshotRuns runs = during(version, "ALTER TABLE t ADD COLUMN more INT NOT NULL DEFAULT 7");

    assertThat(state(runs, "t").status()).isEqualTo(Status.COMPLETE);
    assertThat(sink.messages()).hasSize(ROWS);
    assertThat(VersionedMessages.violations(sink.messages())).isEmpty();
    List<Boolean> withColumn =
        sink.messages().stream()
            .map(message -> VersionedMessages.read(message).get("after").has("more"))
            .toList();
    assertThat(withColumn).contains(true, false).isSorted();
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MYSQL_5_7_22", "MARIADB_11_4"})
  void anotherPrimaryKeyEndsTheSnapshot(MysqlVersion version) {
    SnapshotRuns runs =
        during(version, "ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (pad, id)");

    assertThat(state(runs, "t").status()).isEqualTo(Status.FAILED);
    assertThat(state(runs, "t").reason()).contains("the key was [id integer]");
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MYSQL_5_7_22", "MARIADB_11_4"})
  void anEmptiedTableHasNoMoreRows(MysqlVersion version) {
    SnapshotRuns runs = during(version, "TRUNCATE TABLE t");

    assertThat(state(runs, "t").status()).isEqualTo(Status.COMPLETE);
    assertThat(sink.messages()).hasSizeLessThan(ROWS);
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MYSQL_5_7_22", "MARIADB_11_4"})
  void aDroppedTableEndsItsSnapshotAlone(MysqlVersion version) {
    SnapshotRuns runs = during(version, "DROP TABLE t");

    assertThat(state(runs, "t").status()).isEqualTo(Status.FAILED);
    assertThat(state(runs, "t").reason()).contains("does not exist");
    assertThat(state(runs, "small").status()).isEqualTo(Status.COMPLETE);
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MYSQL_5_7_22", "MARIADB_11_4"})
  void aRenamedTableEndsItsSnapshot(MysqlVersion version) {
    SnapshotRuns runs = during(version, "RENAME TABLE t TO other");

    assertThat(state(runs, "t").status()).isEqualTo(Status.FAILED);
    assertThat(state(runs, "small").status()).isEqualTo(Status.COMPLETE);
  }

  /** Runs a snapshot, and a statement when a part of table {@code t} is delivered. */
  private SnapshotRuns during(MysqlVersion version, String ddl) {
    MysqlServer server = servers.mysql(version);
    String schema = "ddl_" + NUMBER.incrementAndGet();
    server.execute(
        "CREATE DATABASE " + schema,
        "USE " + schema,
        "CREATE TABLE small (id INT PRIMARY KEY, v INT)",
        "CREATE TABLE t (id INT PRIMARY KEY, v INT NOT NULL, pad VARCHAR(50) NOT NULL)");
    for (int first = 0; first < ROWS; first += 500) {
      StringBuilder rows = new StringBuilder("INSERT INTO " + schema + ".t VALUES ");
      for (int id = first; id < first + 500; id++) {
        rows.append(id == first ? "" : ", ").append("(").append(id).append(", 0, 'padding')");
      }
      server.execute(rows.toString());
    }
    SnapshotRuns runs = new SnapshotRuns(server, schema, sink);
    Thread writer =
        new Thread(
            () -> {
              SnapshotRuns.await(() -> runs.rows() > 0);
              server.execute("USE " + schema, ddl);
            });
    writer.start();

    runs.runUntil(SLOW, () -> isEnded(runs.state("t")) && isEnded(runs.state("small")));

    return runs;
  }

  private static boolean isEnded(SnapshotState state) {
    return state != null && state.status() != Status.READING;
  }

  private static SnapshotState state(SnapshotRuns runs, String table) {
    return Objects.requireNonNull(runs.state(table));
  }
}
