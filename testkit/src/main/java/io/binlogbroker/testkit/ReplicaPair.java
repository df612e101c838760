package io.binlogbroker.testkit;

import io.binlogbroker.testkit.process.ServerException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Two servers of one version with GTIDs; the second replicates from the first and logs its updates.
 * Used by one thread at a time.
 */
public final class ReplicaPair implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String USER = "replicator";
  private static final String PASSWORD = "replicator";

  private final MysqlServer primary;
  private final MysqlServer replica;

  /** The servers must not be started yet. */
  public ReplicaPair(MysqlServer primary, MysqlServer replica) {
    this.primary = primary.with("server_id", "1");
    this.replica = replica.with("server_id", "2");
    for (MysqlServer server : new MysqlServer[] {primary, replica}) {
      server.with("log_slave_updates", "ON");
      if (!server.version().isMariaDb()) {
        server.with("gtid_mode", "ON").with("enforce_gtid_consistency", "ON");
      }
    }
  }

  /** Starts both and the replication. */
  public ReplicaPair start() {
    primary.start();
    replica.start();
    primary.createReplicationUser(USER, PASSWORD);
    replicate();
    return this;
  }

  private void replicate() {
    if (primary.version().isMariaDb()) {
      replica.execute(
          "CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT="
              + primary.port()
              + ", MASTER_USER='replicator', MASTER_PASSWORD='replicator',"
              + " MASTER_SSL_VERIFY_SERVER_CERT=0, MASTER_CONNECT_RETRY=1,"
              + " MASTER_USE_GTID=slave_pos",
          "START SLAVE");
      return;
    }
    replica.execute(
        "CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT="
            + primary.port()
            + ", SOURCE_USER='replicator', SOURCE_PASSWORD='replicator',"
            + " GET_SOURCE_PUBLIC_KEY=1, SOURCE_CONNECT_RETRY=1, SOURCE_AUTO_POSITION=1",
        "START REPLICA");
  }

  public MysqlServer primary() {
    return primary;
  }

  public MysqlServer replica() {
    return replica;
  }

  /** Waits until the replica has applied everything that the primary has executed. */
  public void awaitReplica() {
    if (primary.version().isMariaDb()) {
      String position = primary.value("SELECT @@gtid_binlog_pos");
      await("SELECT MASTER_GTID_WAIT('%s', %d)".formatted(position, LIMIT.toSeconds()));
      return;
    }
    awaitGtids(primary.value("SELECT @@gtid_executed"));
  }

  /** Ends the replication after the replica has applied everything it received. */
  public void promoteReplica() {
    if (replica.version().isMariaDb()) {
      String received = replica.query("SHOW SLAVE STATUS").get(0).get("Gtid_IO_Pos");
      await("SELECT MASTER_GTID_WAIT('%s', %d)".formatted(received, LIMIT.toSeconds()));
      replica.execute("STOP SLAVE", "RESET SLAVE ALL");
      return;
    }
    awaitGtids(replica.query("SHOW REPLICA STATUS").get(0).get("Retrieved_Gtid_Set"));
    replica.execute("STOP REPLICA", "RESET REPLICA ALL");
  }

  private void awaitGtids(@Nullable String set) {
    String gtids = Objects.requireNonNull(set).replace("\n", "");
    await("SELECT WAIT_FOR_EXECUTED_GTID_SET('%s', %d)".formatted(gtids, LIMIT.toSeconds()));
  }

  private void await(String wait) {
    String result = replica.value(wait);
    if (!"0".equals(result)) {
      throw new ServerException(
          "Expected "
              + replica
              + " to catch up within "
              + LIMIT
              + " but "
              + wait
              + " returned "
              + result);
    }
  }

  @Override
  public void close() {
    replica.close();
    primary.close();
  }
}
