package io.binlogbroker.broker.etcd;

import io.binlogbroker.engine.model.DeliveryException;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group's lock as its maker has it: a key of etcd that ends with a lease. Any thread. */
final class MasterLock {
  private static final Duration RELEASE_LIMIT = Duration.ofMillis(500);

  private final EtcdConnection etcd;
  private final ByteSequence key;
  private final LockGuard guard;
  private final long lease;
  private final RequestTimeout patience;

  /**
   * @param createRevision of the key, which no other lock of the group ever has
   * @param ttl of the lease
   */
  MasterLock(EtcdConnection etcd, EtcdKeys keys, long createRevision, long lease, Duration ttl) {
    this.etcd = etcd;
    this.key = EtcdClients.bytes(keys.lock());
    this.guard = LockGuard.heldSince(keys, createRevision);
    this.lease = lease;
    this.patience = RequestTimeout.of(ttl.dividedBy(4));
  }

  /**
   * Has the lease begin anew.
   *
   * @return whether there still is one
   * @throws DeliveryException when etcd does not say
   */
  boolean renew() {
    try {
      etcd.ask(patience, client -> client.getLeaseClient().keepAliveOnce(lease));
      return true;
    } catch (DeliveryException e) {
      if (EtcdFailures.isLeaseGone(e)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * @param description of the master to leave in the lock; null to leave what is there
   * @return whether the key still is the one we made
   * @throws DeliveryException when etcd does not say
   */
  boolean confirm(@Nullable String description) {
    Op op =
        description == null
            ? Op.get(key, GetOption.DEFAULT)
            : Op.put(
                key,
                EtcdClients.bytes(description),
                PutOption.builder().withLeaseId(lease).build());
    return etcd.transact(patience, guard.comparisons(), List.of(op), List.of()).isSucceeded();
  }

  /** Frees the lock now. Its lease alone would not, if somebody has put the key by hand. */
  void release() {
    RequestTimeout brief = RequestTimeout.of(RELEASE_LIMIT);
    Op delete = Op.delete(key, DeleteOption.DEFAULT);
    etcd.transact(brief, guard.comparisons(), List.of(delete), List.of());
    etcd.ask(brief, client -> client.getLeaseClient().revoke(lease));
  }

  /** Frees the lock soon, if etcd can be reached; its lease ends it anyway. */
  void abandon() {
    etcd.tell(client -> client.getLeaseClient().revoke(lease));
  }
}
