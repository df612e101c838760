package io.binlogbroker.cli.process;

import io.binlogbroker.testkit.EtcdServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A shop under load and a pair of brokers that deliver its changes. One thread. */
final class HighAvailability implements AutoCloseable {
  private static final String LEASE = System.getProperty("ha.lease", "4s");

  private final Shop shop;
  private final BrokerPair pair;
  private final ShopLoad load;
  private final Arrivals arrivals;
  private final List<Long> waits = new ArrayList<>();

  /**
   * @param shop with a Kafka that has a proxy for each of the two
   * @param etcd servers that the two brokers use
   * @param size of a transaction of the load, in changes; 0 for a mix
   * @param more keys of the brokers' configuration, each followed by a comma
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

  /** Waits until that member is master and records how long consumers waited. */
  void awaitTakeover(PairMember next, long since) {
    pair.awaitMaster(next);
    awaitChanges();
    waits.add(arrivals.waitAfter(since).toMillis());
  }

  /** Waits until new changes are delivered. */
  void awaitChanges() {
    arrivals.awaitAfter(System.nanoTime() + Duration.ofMillis(200).toNanos());
  }

  /** Ends the load and requires each change exactly once, in order; returns figures for the log. */
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
