package io.binlogbroker.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.Pause;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.network.Tampering;
import io.binlogbroker.testkit.network.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Outages of MySQL and its network under load, which the broker must survive. */
@Timeout(600)
class SourceOutageIT {
  @TempDir Path folder;

  @Test
  void survivesFailuresOfMysqlAndItsNetworkUnderLoad() {
    long began = System.nanoTime();
    MysqlServer mysql = crashSafe();
    try (Shop shop = Shop.open(mysql, new KafkaServer());
        TcpProxy proxy = TcpProxy.to(mysql.port());
        BrokerProcess broker = shop.broker(folder, proxy.port(), Shop.CUTTING);
        ShopLoad load = new ShopLoad(shop, new Random(began))) {
      broker.start().awaitReading();
      load.start();
      outage(broker, mysql, mysql::kill);
      outage(broker, mysql, mysql::stop);
      outage(broker, mysql, mysql::kill);
      assertThat(broker.stop()).isZero();
      // A restart avoids the long retry pauses of a broker that fails often.
      broker.start().awaitReading();
      cutWithinTransactions(broker, proxy, 3);
      fallSilent(broker, proxy);
      load.stop();
      String figures = ShopReplay.verify(shop);

      assertThat(broker.starts()).isEqualTo(2);
      assertThat(broker.stop()).isZero();
      System.out.printf(
          "SourceOutageIT: %s, 3 outages of MySQL, 4 of the network, %d s%n",
          figures, Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }
  }

  /**
   * Otherwise a crash can lose transactions in the tables that are in the binary log, or the
   * reverse.
   */
  private static MysqlServer crashSafe() {
    return MysqlServer.mysql8033()
        .with("sync_binlog", "1")
        .with("innodb_flush_log_at_trx_commit", "1");
  }

  private static void outage(BrokerProcess broker, MysqlServer mysql, Runnable end) {
    broker.awaitProgress();
    end.run();
    Pause.of(1_000);
    mysql.start();
    broker.awaitProgress();
    assertThat(broker.isRunning()).isTrue();
  }

  /** Most bytes belong to large transactions, so the cuts happen within them. */
  private static void cutWithinTransactions(BrokerProcess broker, TcpProxy proxy, int cuts) {
    for (int cut = 0; cut < cuts; cut++) {
      int before = broker.timesReading();
      proxy.tamper(Tampering.cutAfter(200_001 + 77_777 * cut));
      broker.awaitReadingAgain(before);
    }
    proxy.tamper(Tampering.none());
  }

  /** The broker can detect the dead connection only by missing heartbeats. */
  private static void fallSilent(BrokerProcess broker, TcpProxy proxy) {
    // Before the first event the broker's timeout is longer: the server may have to search for it.
    broker.awaitProgress();
    int before = broker.timesReading();
    proxy.stall();
    broker.awaitConsole("No bytes for 3 s", BrokerProcess.START_LIMIT);
    proxy.restore();
    broker.awaitReadingAgain(before);
  }
}
