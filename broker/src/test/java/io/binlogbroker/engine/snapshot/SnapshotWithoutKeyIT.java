package io.binlogbroker.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.engine.snapshot.SnapshotState.Status;
import io.binlogbroker.testkit.MysqlServer;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tables without any key, whose rows may be equal: all rows arrive together, at a place of the
 * stream at which they are the table, and the changes that follow continue from there.
 */
@Timeout(180)
class SnapshotWithoutKeyIT {
  private static final int ROWS = 1_000;
  private static final SnapshotOptions OPTIONS =
      new SnapshotOptions(2, 64 << 10, 1 << 20, 1 << 20, Duration.ofSeconds(1));

  @Test
  void theRowsAndLaterChangesGiveTheTableOfMysql() throws Exception {
    try (MysqlServer server =
        MysqlServer.mysql8033()
            .with("gtid_mode", "ON")
            .with("enforce_gtid_consistency", "ON")
            .start()) {
      copiedUnderLoad(server);
    }
  }

  @Test
  void theRowsAndLaterChangesGiveTheTableOfMariaDb() throws Exception {
    try (MysqlServer server = MysqlServer.mariadb114().start()) {
      copiedUnderLoad(server);
    }
  }

  /** A query of such a table reads what is there when it runs. */
  @Test
  void theRowsAndLaterChangesGiveATableWithoutTransactions() throws Exception {
    try (MysqlServer server = MysqlServer.mariadb114().start()) {
      copiedUnderLoad(server, "ENGINE = MyISAM");
    }
  }

  private static void copiedUnderLoad(MysqlServer server) throws Exception {
    copiedUnderLoad(server, "");
  }

  private static void copiedUnderLoad(MysqlServer server, String options) throws Exception {
    create(server, options);
    MemorySink sink = new MemorySink();
    SnapshotRuns runs = new SnapshotRuns(server, "d", sink);
    Load load = new Load(server, new Random().nextLong());
    Thread writer = new Thread(load, "load");
    writer.start();

    runs.runUntil(
        OPTIONS, () -> isEnded(runs.state("t")) && load.changes > 2 * load.changesWhenCopied(runs));
    load.stopped = true;
    writer.join();
    server.execute("INSERT INTO d.z VALUES (-1, 0)");
    runs.runUntil(OPTIONS, () -> VersionedMessages.isDelivered(sink.messages(), -1));

    assertThat(load.failure).isNull();
    assertThat(Objects.requireNonNull(runs.state("t")).status()).isEqualTo(Status.COMPLETE);
    List<String> expected = new ArrayList<>();
    server
        .query("SELECT a, b FROM d.t")
        .forEach(row -> expected.add(row.get("a") + " " + row.get("b")));
    assertThat(replayed(sink.messages()))
        .as("seed %d", load.seed)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** What was delivered before the rows of the snapshot is contained in them. */
  private static List<String> replayed(List<Message> messages) {
    List<String> rows = new ArrayList<>();
    boolean reading = false;
    int blocks = 0;
    for (Message message : messages) {
      JsonNode json = VersionedMessages.read(message);
      if (!json.get("source").get("table").asText().equals("t")) {
        continue;
      }
      boolean isRead = json.get("op").asText().equals("r");
      if (isRead && !reading) {
        rows.clear();
        blocks++;
      }
      reading = isRead;
      if (!json.get("before").isNull()) {
        assertThat(rows.remove(row(json.get("before"))) || blocks == 0).as("%s", json).isTrue();
      }
      if (!json.get("after").isNull()) {
        rows.add(row(json.get("after")));
      }
    }
    assertThat(blocks).isEqualTo(1);
    return rows;
  }

  private static String row(JsonNode row) {
    return row.get("a").asText() + " " + row.get("b").asText();
  }

  @Test
  void aLargeTableFailsWithItsReason() {
    try (MysqlServer server = MysqlServer.mariadb114().start()) {
      create(server, "");
      SnapshotRuns runs = new SnapshotRuns(server, "d", new MemorySink());

      runs.runUntil(
          new SnapshotOptions(2, 1_000, 10_000, 1 << 20, Duration.ofSeconds(1)),
          () -> isEnded(runs.state("t")));

      assertThat(Objects.requireNonNull(runs.state("t")).reason())
          .contains("cannot be read at once");
    }
  }

  @Test
  void withoutGtidsItFailsOnMysqlWithItsReason() {
    try (MysqlServer server = MysqlServer.mysql8033().start()) {
      create(server, "");
      SnapshotRuns runs = new SnapshotRuns(server, "d", new MemorySink());

      runs.runUntil(OPTIONS, () -> isEnded(runs.state("t")));

      assertThat(Objects.requireNonNull(runs.state("t")).reason()).contains("gtid_mode = ON");
    }
  }

  private static void create(MysqlServer server, String options) {
    server.createReplicationUser(LiveServers.USER, LiveServers.PASSWORD);
    server.execute(
        "CREATE DATABASE d",
        "USE d",
        "CREATE TABLE z (id INT PRIMARY KEY, v INT)",
        "CREATE TABLE t (a INT, b VARCHAR(20)) " + options);
    StringBuilder rows = new StringBuilder("INSERT INTO d.t VALUES (0, 'x')");
    for (int row = 1; row < ROWS; row++) {
      rows.append(", (").append(row % 100).append(", 'x')");
    }
    server.execute(rows.toString(), "FLUSH BINARY LOGS");
  }

  private static boolean isEnded(@Nullable SnapshotState state) {
    return state != null && state.status() != Status.READING;
  }

  /** Changes rows all the time, with short pauses. */
  private static final class Load implements Runnable {
    private final MysqlServer server;
    private final long seed;
    private volatile boolean stopped;
    private volatile int changes;
    private volatile @Nullable Throwable failure;
    private int whenCopied = Integer.MAX_VALUE / 4;

    Load(MysqlServer server, long seed) {
      this.server = server;
      this.seed = seed;
    }

    int changesWhenCopied(SnapshotRuns runs) {
      if (whenCopied == Integer.MAX_VALUE / 4 && isEnded(runs.state("t"))) {
        whenCopied = changes;
      }
      return whenCopied;
    }

    @Override
    public void run() {
      Random random = new Random(seed);
      try (Connection connection = server.connect();
          Statement statement = connection.createStatement()) {
        while (!stopped) {
          int a = random.nextInt(100);
          switch (random.nextInt(3)) {
            case 0 -> statement.execute("INSERT INTO d.t VALUES (" + a + ", 'new')");
            case 1 -> statement.execute("DELETE FROM d.t WHERE a = " + a + " LIMIT 1");
            default -> statement.execute("UPDATE d.t SET b = 'up' WHERE a = " + a + " LIMIT 2");
          }
          changes++;
          Thread.sleep(random.nextInt(10));
        }
      } catch (Exception e) {
        failure = e;
      }
    }
  }
}
