package io.binlogbroker.cli.process;

import io.binlogbroker.testkit.ReservedPort;
import io.binlogbroker.testkit.TcpProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One of a group's two brokers, with ways of its own to each server, which can be cut. One thread.
 */
final class PairMember implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String name;
  private final BrokerProcess broker;
  private final TcpProxy mysql;
  private final TcpProxy kafka;
  private final TcpProxy etcd;
  private final ReservedPort port = ReservedPort.next();

  /**
   * @param n of the pair, 0 or 1: which of Kafka's proxied listeners is its own
   * @param etcdPort of the etcd server that it talks to
   * @param more keys of its configuration, each with a comma behind it
   */
  PairMember(Path folder, Shop shop, int n, int etcdPort, String more) {
    name = "broker_" + "ab".charAt(n);
    mysql = TcpProxy.to(shop.mysql().port());
    kafka = shop.kafka().proxy(n);
    etcd = TcpProxy.to(etcdPort);
    String own =
        "\"RPCListen\": \"127.0.0.1:%d\", \"EtcdAddr\": \"127.0.0.1:%d\", %s"
            .formatted(port.number(), etcd.port(), more);
    broker = shop.broker(folder.resolve(name), mysql.port(), "127.0.0.1:" + kafka.port(), own);
  }

  BrokerProcess broker() {
    return broker;
  }

  TcpProxy mysql() {
    return mysql;
  }

  TcpProxy kafka() {
    return kafka;
  }

  TcpProxy etcd() {
    return etcd;
  }

  boolean isMaster() {
    return role().equals("{\"role\":\"master\"}");
  }

  boolean isSlave() {
    return role().equals("{\"role\":\"slave\"}");
  }

  /** What it answers; empty when it does not. */
  private String role() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.number() + "/admin/myrole"))
            .timeout(PATIENCE)
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Takes it off the processor, as a machine does that is suspended. */
  void freeze() {
    signal("STOP");
  }

  void thaw() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + signal, Long.toString(broker.pid())).inheritIO().start();
      if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new AssertionError("kill -" + signal + " failed");
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  @Override
  public void close() {
    broker.close();
    // Belongs to the shop, whose next pair shall find it whole.
    kafka.restore();
    mysql.close();
    etcd.close();
    port.close();
  }
}
