package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.ha.GroupMembers;
import io.binlogbroker.broker.ha.LeaseTime;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.broker.ha.MasterJson;
import io.binlogbroker.broker.ha.Members;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.lease.LeaseTimeToLiveResponse;
import io.etcd.jetcd.options.LeaseOption;
import org.jspecify.annotations.Nullable;

/** Reads the lock of a group, its lease, and the brokers that wait for it. Any thread. */
public final class EtcdMembers implements Members {
  private static final long NO_LEASE = 0;

  private final EtcdConnection etcd;
  private final EtcdKeys keys;

  /**
   * @param etcd is not closed by this object
   */
  public EtcdMembers(EtcdConnection etcd, EtcdKeys keys) {
    this.etcd = etcd;
    this.keys = keys;
  }

  @Override
  public GroupMembers find() {
    KeyValue lock = etcd.get(keys.lock());
    Master master = lock == null ? null : MasterJson.read(LockGuard.text(lock));
    LeaseTime lease = lock == null ? null : remaining(lock.getLease());
    return new GroupMembers(master, lease, new EtcdFleet(etcd).standbys(keys));
  }

  /** Null for a lock that was written by hand, or whose lease has just ended. */
  private @Nullable LeaseTime remaining(long lease) {
    if (lease == NO_LEASE) {
      return null;
    }
    LeaseTimeToLiveResponse found =
        etcd.request(
            RequestTimeout.of(etcd.requestTimeout()),
            client -> client.getLeaseClient().timeToLive(lease, LeaseOption.DEFAULT));
    return found.getTTL() < 0 ? null : new LeaseTime(found.getGrantedTTL(), found.getTTL());
  }
}
