package io.binlogbroker.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.testkit.EtcdServer;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two brokers of a group copy a table that changes all the time, while they, the server and their
 * connections fail and the table's columns change. {@code -Dsnapshot.faults=10} sets the number of
 * faults of a long copy, {@code -Dseed=} repeats their order, and {@code -Dsnapshot.rows=} sets the
 * size of its table.
 */
@Timeout(600)
class SnapshotTakeoverIT {
  private static final int FAULTS = Integer.getInteger("snapshot.faults", 7);
  private static final int ROWS = Integer.getInteger("snapshot.rows", 200_000);
  private static final int FEWER_ROWS = 60_000;
  private static final int PURGES = 6;
  private static final int KILLS = 2;

  /** Bytes per second: about half a chunk. */
  private static final int SLOW_KAFKA = 512 << 10;

  /** The default. */
  private static final int WORKERS = 2;

  /** A chunk is sent in many requests. */
  private static final String IN_PIECES =
      "\"Kafka\": {\"batch.size\": \"16384\", \"compression.type\": \"none\"},";

  private static final String RATE = "\"SnapshotRate\": \"2MiB\",";
  private static final String SLOWLY = "\"SnapshotRate\": \"1MiB\",";

  @TempDir Path folder;

  @Test
  void onMysqlWithGtidsTheCopyIsExact() {
    MysqlServer mysql = crashSafe(gtids(MysqlServer.mysql8033()));
    Random random = random();
    endure("MySQL with GTIDs", mysql, ROWS, RATE, random, SnapshotFault.some(FAULTS, random));
  }

  @Test
  void onMariaDbTheCopyIsExact() {
    MysqlServer mysql = crashSafe(MysqlServer.mariadb114());
    Random random = random();
    endure("MariaDB", mysql, ROWS, RATE, random, SnapshotFault.some(FAULTS, random));
  }

  @Test
  void onMysqlWithoutGtidsTheCopyIsExact() {
    endure(
        "MySQL without GTIDs",
        crashSafe(MysqlServer.mysql8033()),
        FEWER_ROWS,
        SLOWLY + "\"SnapshotMargin\": \"2s\",",
        random(),
        List.of(
            SnapshotFault.MASTER_KILLED,
            SnapshotFault.CONNECTIONS_KILLED,
            SnapshotFault.MYSQL_KILLED));
  }

  /** A snapshot needs no older log than the stream, also where it continues after a crash. */
  @Test
  void theLogIsPurgedUpToTheStreamAndNothingStartsOver() {
    MysqlServer mysql = gtids(MysqlServer.mysql8033());
    try (SingleCopy copy = new SingleCopy(mysql, FEWER_ROWS, folder, random(), SLOWLY)) {
      for (int purge = 1; purge <= PURGES; purge++) {
        copy.awaitReading(purge / (PURGES + 2.0));
        if (purge % 3 == 0) {
          copy.broker().kill();
        }
        purge(copy);
        if (purge % 3 == 0) {
          copy.broker().start();
        }
      }
      copy.history().awaitComplete();
      copy.finishLoad();
      ExactCopy exact = ExactCopy.verified(copy.shop(), copy.table(), copy.history());

      assertThat(copy.broker().stop()).isZero();
      assertThat(copy.broker().allConsoles()).doesNotContain(" GAP ", " ERROR ");
      System.out.printf("SnapshotTakeoverIT: %d purges: %s%n", PURGES, exact);
    }
  }

  private static void purge(SingleCopy copy) {
    MysqlServer mysql = copy.shop().mysql();
    mysql.execute("FLUSH BINARY LOGS");
    if (copy.broker().isRunning()) {
      String newest = mysql.query("SHOW MASTER STATUS").get(0).get("File");
      BrokerPair.await("a position in " + newest, () -> copy.committedFile().equals(newest));
    }
    String stream = copy.committedFile();
    mysql.execute("PURGE BINARY LOGS TO '" + stream + "'");
    assertThat(mysql.query("SHOW BINARY LOGS").get(0)).containsEntry("Log_name", stream);
  }

  /**
   * A kill repeats what Kafka has of a chunk whose state it does not have. Kafka is slow, so that
   * the kill happens within a chunk.
   */
  @Test
  void withoutTransactionsAKillRepeatsAtMostAChunkOfEachWorker() {
    String more = SLOWLY + "\"Delivery\": \"at-least-once\"," + IN_PIECES;
    MysqlServer mysql = gtids(MysqlServer.mysql8033());
    try (SingleCopy copy = new SingleCopy(mysql, FEWER_ROWS, folder, random(), more)) {
      for (int kill = 1; kill <= KILLS; kill++) {
        copy.awaitReading(kill / (KILLS + 2.0));
        killWithinAChunk(copy);
      }
      copy.history().awaitComplete();
      copy.finishLoad();
      NewestCopy newest = new NewestCopy();
      CopyReader.read(copy.shop(), newest::accept);

      assertThat(copy.table().differences(newest::row, newest.rows())).isEmpty();
      assertThat(copy.history().setbacks()).isEmpty();
      assertThat(newest.repeated()).isBetween(1L, KILLS * WORKERS * copy.history().largestChunk());
      System.out.printf(
          "SnapshotTakeoverIT: at least once, %d kills: %d rows read again, chunks of up to %d%n",
          KILLS, newest.repeated(), copy.history().largestChunk());
    }
  }

  private static void killWithinAChunk(SingleCopy copy) {
    copy.kafka().throttle(SLOW_KAFKA);
    copy.awaitPartOfAChunk();
    // Otherwise what is on its way would still arrive.
    copy.kafka().cut();
    copy.broker().kill();
    copy.kafka().throttle(0);
    copy.kafka().restore();
    copy.broker().start();
  }

  private static MysqlServer gtids(MysqlServer mysql) {
    return mysql.with("gtid_mode", "ON").with("enforce_gtid_consistency", "ON");
  }

  /**
   * Otherwise a crash can lose transactions in the tables that are in the binary log, or the
   * reverse.
   */
  private static MysqlServer crashSafe(MysqlServer mysql) {
    return mysql.with("sync_binlog", "1").with("innodb_flush_log_at_trx_commit", "1");
  }

  private static Random random() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("SnapshotTakeoverIT: -Dseed=" + seed);
    return new Random(seed);
  }

  private void endure(
      String what,
      MysqlServer mysql,
      int rows,
      String more,
      Random random,
      List<SnapshotFault> faults) {
    KafkaServer kafka = new KafkaServer().withProxy().withProxy();
    try (Shop shop = Shop.open(mysql, kafka);
        EtcdServer etcd = EtcdServer.v34().start()) {
      CopiedTable table = CopiedTable.create(shop, rows);
      try (SnapshotScene scene = new SnapshotScene(shop, table, folder, etcd, random, more)) {
        scene.endure(faults);

        System.out.printf(
            "SnapshotTakeoverIT: %s, %d faults: %s%n", what, faults.size(), scene.verify());
      }
    }
  }
}
