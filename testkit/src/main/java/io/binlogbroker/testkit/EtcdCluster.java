package io.binlogbroker.testkit;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Three etcd servers that hold the same data; two of them are enough. One thread at a time. */
public final class EtcdCluster implements AutoCloseable {
  private static final int FIRST_STARTS = 3;

  private final EtcdVersion version;
  private final CacheFolder cache;
  private List<EtcdServer> servers = List.of();

  public EtcdCluster(EtcdVersion version, CacheFolder cache) {
    this.version = version;
    this.cache = cache;
  }

  public static EtcdCluster of(EtcdVersion version) {
    return new EtcdCluster(version, CacheFolder.ofUser());
  }

  /**
   * Starts all three at once, and waits until each answers. A start that finds a port taken is
   * tried again with three others.
   */
  public EtcdCluster start() {
    for (int attempt = 1; ; attempt++) {
      servers = draw();
      try {
        return startOnce();
      } catch (ServerException e) {
        if (!e.isPortTaken() || attempt == FIRST_STARTS) {
          throw e;
        }
      }
    }
  }

  private List<EtcdServer> draw() {
    List<EtcdServer> drawn =
        Stream.of("a", "b", "c").map(name -> new EtcdServer(version, cache, name)).toList();
    String members = drawn.stream().map(EtcdServer::member).collect(Collectors.joining(","));
    drawn.forEach(server -> server.join(members));
    return drawn;
  }

  private EtcdCluster startOnce() {
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

  /** The three, once they have been started. */
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
