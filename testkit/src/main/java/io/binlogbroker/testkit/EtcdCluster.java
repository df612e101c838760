package io.binlogbroker.testkit;

import io.binlogbroker.testkit.files.CacheFolder;
import io.binlogbroker.testkit.process.ServerException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster of three etcd servers, which tolerates the failure of one. One thread at a time. */
public final class EtcdCluster implements AutoCloseable {
  private static final int START_ATTEMPTS = 3;

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
   * Starts all three and waits until each is ready. A start that finds a port in use is retried
   * with new ports.
   */
  public EtcdCluster start() {
    for (int attempt = 1; ; attempt++) {
      servers = createServers();
      try {
        return startOnce();
      } catch (ServerException e) {
        if (!e.isPortTaken() || attempt == START_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private List<EtcdServer> createServers() {
    List<EtcdServer> created =
        Stream.of("a", "b", "c").map(name -> new EtcdServer(version, cache, name)).toList();
    String members = created.stream().map(EtcdServer::member).collect(Collectors.joining(","));
    created.forEach(server -> server.join(members));
    return created;
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

  /** Restarts the servers one by one, each after the previous one is ready. */
  public void restartOneByOne() {
    servers.forEach(EtcdServer::restart);
  }

  /** The servers, after {@link #start}. */
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
