package io.binlogbroker.broker.etcd;

import java.util.HashMap;
import java.util.Map;

/** The connections that the groups of a process share: one link for each etcd. Any thread. */
public final class EtcdLinks implements AutoCloseable {
  private final Map<EtcdOptions, EtcdLink> open = new HashMap<>();

  /** The link to an etcd, which {@link #close} closes. */
  public synchronized EtcdLink to(EtcdOptions options) {
    return open.computeIfAbsent(options, EtcdLink::new);
  }

  @Override
  public synchronized void close() {
    open.values().forEach(EtcdLink::close);
    open.clear();
  }
}
