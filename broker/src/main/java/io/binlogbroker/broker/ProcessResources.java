package io.binlogbroker.broker;

import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.etcd.EtcdLinks;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the groups of a process share.
 *
 * @param metrics of all groups
 * @param etcd the connections to etcd; null where the process has only one group, with its own
 * @param warmups held by the group that prepares for a takeover: many at once would disturb those
 *     that deliver
 */
public record ProcessResources(ProcessMetrics metrics, @Nullable EtcdLinks etcd, Lock warmups) {
  /** Of a process with one group. */
  public ProcessResources(ProcessMetrics metrics) {
    this(metrics, null);
  }

  public ProcessResources(ProcessMetrics metrics, @Nullable EtcdLinks etcd) {
    this(metrics, etcd, new ReentrantLock(true));
  }

  /**
   * Whether the process continues without a group that has ended: then there is no supervisor that
   * starts that group again.
   */
  boolean servesSeveral() {
    return etcd != null;
  }
}
