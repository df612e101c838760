package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.fleet.Fleet;

/**
 * The connections of a process to an etcd. What masters need to remain masters has one of its own:
 * a connection is opened again after failures, which those of other requests must not cause. Any
 * thread.
 */
public final class EtcdLink implements AutoCloseable {
  private final EtcdConnection mastership;
  private final EtcdConnection background;
  private final Fleet fleet;

  public EtcdLink(EtcdOptions options) {
    this.mastership = new EtcdConnection(options);
    this.background = new EtcdConnection(options);
    this.fleet = new EtcdFleet(background);
  }

  /** For elections, leases and what only a master writes. */
  public EtcdConnection mastership() {
    return mastership;
  }

  /** For everything else. */
  public EtcdConnection background() {
    return background;
  }

  /** The brokers that use this etcd. */
  public Fleet fleet() {
    return fleet;
  }

  @Override
  public void close() {
    background.close();
    mastership.close();
  }
}
