package io.binlogbroker.cli.process;

import io.binlogbroker.testkit.network.TcpProxy;
import io.binlogbroker.testkit.process.ReservedPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One of a group's two brokers, with its own proxied connections to each server, which can be cut.
 * One thread.
 */
final class PairMember implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final String name;
  private final BrokerProcess broker;
  private final TcpProxy mysql;
  private final TcpProxy kafka;
  private final TcpProxy etcd;
  private final ReservedPort port = ReservedPort.next();

  /**
   * @param n its number, 0 or 1: the index of its proxied Kafka listener
   * @param etcdPort of its etcd server
   * @param more keys of its configuration, each followed by a comma
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

  /** Its role; empty if it does not answer. */
  private String role() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.number() + "/admin/myrole"))
            .timeout(TIMEOUT)
            .build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Suspends it with SIGSTOP, like a suspended virtual machine. */
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
    // Belongs to the shop, whose next pair uses it again.
    kafka.restore();
    mysql.close();
    etcd.close();
    port.close();
  }
}
