package io.binlogbroker.testkit;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Three etcd servers that hold the same data; two of them are enough. One thread at a time. */
public final class EtcdCluster implements AutoCloseable {
  private final List<EtcdServer> servers;

  public EtcdCluster(EtcdVersion version, CacheFolder cache) {
    servers = Stream.of("a", "b", "c").map(name -> new EtcdServer(version, cache, name)).toList();
    String members = servers.stream().map(EtcdServer::member).collect(Collectors.joining(","));
    servers.forEach(server -> server.join(members));
  }

  public static EtcdCluster of(EtcdVersion version) {
    return new EtcdCluster(version, CacheFolder.ofUser());
  }

  /** Starts all three at once, and waits until each answers. */
  public EtcdCluster start() {
    try {
      servers.forEach(EtcdServer::launch);
      servers.forEach(EtcdServer::awaitReady);
      return this;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Restarts one server after the other, each when the one before answers again. */
  public void restartOneByOne() {
    servers.forEach(EtcdServer::restart);
  }

  public List<EtcdServer> servers() {
    return servers;
  }

  /** Where clients connect, each as host:port. */
  public List<String> addresses() {
    return servers.stream().map(EtcdServer::address).toList();
  }

  @Override
  public void close() {
    servers.forEach(EtcdServer::close);
  }
}
