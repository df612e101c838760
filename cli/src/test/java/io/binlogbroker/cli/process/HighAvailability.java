package io.binlogbroker.cli.process;

import io.binlogbroker.testkit.EtcdServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Puts a shop under load, and a pair of brokers that delivers its changes. One thread. */
final class HighAvailability implements AutoCloseable {
  private static final String LEASE = System.getProperty("ha.lease", "4s");

  private final Shop shop;
  private final BrokerPair pair;
  private final ShopLoad load;
  private final Arrivals arrivals;
  private final List<Long> waits = new ArrayList<>();

  /**
   * @param shop whose Kafka has a proxy for each of the two
   * @param etcd servers that the two brokers talk to
   * @param size of a transaction of the load, in changes; 0 for a mix
   * @param more keys of the brokers' configuration, each with a comma behind it
   */
  HighAvailability(Shop shop, Path folder, List<EtcdServer> etcd, int size, String more) {
    this.shop = shop;
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
  }
}
