package io.binlogbroker.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.testkit.MysqlServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server that waits for a replica's acknowledgement writes a transaction to its log seconds
 * before a SELECT sees it: the stream delivers the change, and a view that is opened then still
 * shows the old row.
 */
@Timeout(180)
class LateViewIT {
  private static final Duration ACKNOWLEDGED_AFTER = Duration.ofSeconds(6);
  private static final Duration LONGER = Duration.ofSeconds(9);

  /** What happens without a wait: this is the fault that the other tests would detect. */
  @Test
  void aViewThatIsOpenedAtOnceIsStale() throws Exception {
    try (MysqlServer server = semiSynchronous().with("gtid_mode", "OFF").start()) {
      assertThat(violations(server, Duration.ZERO)).singleElement().asString().startsWith("stale");
    }
  }

  @Test
  void withoutGtidsTheMarginIsWaitedFor() throws Exception {
    try (MysqlServer server = semiSynchronous().with("gtid_mode", "OFF").start()) {
      assertThat(violations(server, LONGER)).isEmpty();
    }
  }

  /** MariaDB reports the place of a view in the log. */
  @Test
  void mariaDbsViewIsOpenedAgainUntilItHasTheChange() throws Exception {
    MysqlServer waiting =
        MysqlServer.mariadb114()
            .with("rpl_semi_sync_master_wait_no_slave", "ON")
            .with("rpl_semi_sync_master_wait_point", "AFTER_SYNC")
            .with("rpl_semi_sync_master_timeout", Long.toString(ACKNOWLEDGED_AFTER.toMillis()));
    try (MysqlServer server = waiting.start()) {
      assertThat(violations(server, Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void withGtidsTheViewIsOpenedWhenTheChangeIsExecuted() throws Exception {
    MysqlServer gtids =
        semiSynchronous().with("gtid_mode", "ON").with("enforce_gtid_consistency", "ON");
    try (MysqlServer server = gtids.start()) {
      prepare(server);
      String executed = Objects.requireNonNull(status(server).get("Executed_Gtid_Set"));
      Thread update = beginUpdate(server);
      int last = executed.lastIndexOf('-') + 1;
      String withUpdate =
          executed.substring(0, last) + (Integer.parseInt(executed.substring(last)) + 1);
      Restart floor = new Restart(end(server), withUpdate, null, 0);

      try (Session session = Session.open(QueriedRowsIT.options(server))) {
        new Visibility(false, Duration.ZERO, System::nanoTime).open(session, floor, 0);

        assertThat(session.query("SELECT v FROM late.t").rows().get(0).text(0)).isEqualTo("2");
      }
      update.join();
    }
  }

  private static MysqlServer semiSynchronous() {
    return MysqlServer.mysql8033()
        .with("plugin_load_add", "semisync_source.so")
        .with("loose_rpl_semi_sync_source_wait_no_replica", "ON")
        .with("loose_rpl_semi_sync_source_timeout", Long.toString(ACKNOWLEDGED_AFTER.toMillis()));
  }

  private static void prepare(MysqlServer server) {
    server.createReplicationUser(LiveServers.USER, LiveServers.PASSWORD);
    server.execute(
        "CREATE DATABASE late",
        "CREATE TABLE late.t (id INT PRIMARY KEY, v BIGINT NOT NULL)",
        "INSERT INTO late.t VALUES (1, 1)");
  }

  /** Returns when the update is in the log; it then waits for an acknowledgement. */
  private static Thread beginUpdate(MysqlServer server) {
    boolean hasSources =
        !server.query("SHOW VARIABLES LIKE 'rpl_semi_sync_source_enabled'").isEmpty();
    server.execute(
        "SET GLOBAL rpl_semi_sync_%s_enabled = ON".formatted(hasSources ? "source" : "master"));
    BinlogPosition before = end(server);
    Thread update = new Thread(() -> server.execute("UPDATE late.t SET v = 2"));
    update.start();
    SnapshotRuns.await(() -> before.isBefore(end(server)));
    assertThat(update.isAlive()).as("the update waits").isTrue();
    return update;
  }

  private static Map<String, @Nullable String> status(MysqlServer server) {
    return server.query("SHOW MASTER STATUS").get(0);
  }

  private static BinlogPosition end(MysqlServer server) {
    Map<String, @Nullable String> status = status(server);
    return new BinlogPosition(
        Objects.requireNonNull(status.get("File")),
        Long.parseLong(Objects.requireNonNull(status.get("Position"))));
  }

  /** The violations of order of a snapshot that begins while an update waits. */
  private static List<String> violations(MysqlServer server, Duration margin) throws Exception {
    prepare(server);
    MemorySink sink = new MemorySink();
    SnapshotRuns runs = new SnapshotRuns(server, "late", sink);
    // The stream begins before the update.
    runs.runUntil(null, () -> sink.committed() != null);
    Thread update = beginUpdate(server);
    runs.runUntil(null, () -> !sink.messages().isEmpty());
    assertThat(update.isAlive()).as("the update still waits").isTrue();

    runs.runUntil(new SnapshotOptions(1, 64 << 10, 1 << 20, 64 << 20, margin), runs::isComplete);
    update.join();

    assertThat(sink.messages()).hasSize(2);
    return VersionedMessages.violations(sink.messages());
  }
}
