package io.binlogbroker.broker;

import io.binlogbroker.testkit.EtcdServer;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A shop under load, and the pair of brokers that delivers its changes. One thread. */
final class HighAvailability implements AutoCloseable {
  private static final String LEASE = System.getProperty("ha.lease", "4s");

  private final Shop shop;
  private final BrokerPair pair;
  private final ShopLoad load;
  private final Arrivals arrivals;
  private final List<Long> waits = new ArrayList<>();

  /**
   * @param etcd servers that the two brokers talk to
   * @param size of a transaction of the load, in changes; 0 for a mix
   * @param more keys of the brokers' configuration, each with a comma behind it
   */
  HighAvailability(Path folder, List<EtcdServer> etcd, int size, String more) {
    KafkaServer kafka = new KafkaServer().withProxy().withProxy();
    shop = Shop.open(MysqlServer.mysql8033(), kafka);
    String all = Shop.CUTTING + "\"LeaseTtl\": \"" + LEASE + "\"," + more;
    pair = new BrokerPair(folder, shop, etcd.stream().map(EtcdServer::port).toList(), all);
    pair.start();
    load = new ShopLoad(shop, new Random(), size).start();
    arrivals = new Arrivals(shop);
    arrivals.awaitAfter(System.nanoTime());
  }

  BrokerPair pair() {
    return pair;
  }

  /** Waits until that member is the working one, and notes how long consumers waited for it. */
  void awaitTakeover(PairMember next, long since) {
    pair.awaitMaster(next);
    awaitChanges();
    waits.add(arrivals.waitAfter(since).toMillis());
  }

  /** Waits until changes arrive that are delivered from now on. */
  void awaitChanges() {
    arrivals.awaitAfter(System.nanoTime() + Duration.ofMillis(200).toNanos());
  }

  /** How many connections to MySQL a user has, by the server's own account. */
  int connectionsOf(String user) {
    return shop.mysql()
        .query("SELECT 1 FROM information_schema.PROCESSLIST WHERE USER = '" + user + "'")
        .size();
  }

  /** Ends the load and requires each change once, in order; returns figures for the log. */
  String verify() {
    load.stop();
    String figures = ShopReplay.verify(shop);
    return waits.isEmpty()
        ? figures
        : figures + ", consumers waited " + waits.stream().sorted().toList() + " ms";
  }

  @Override
  public void close() {
    load.close();
    arrivals.close();
    pair.close();
    shop.close();
  }
}
