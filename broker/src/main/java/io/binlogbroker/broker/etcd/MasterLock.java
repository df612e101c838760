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

/** A group's lock, for its holder: a key of etcd that is deleted with its lease. Any thread. */
final class MasterLock {
  private static final Duration RELEASE_LIMIT = Duration.ofMillis(500);

  private final EtcdConnection etcd;
  private final ByteSequence key;
  private final LockGuard guard;
  private final long lease;
  private final RequestTimeout requestTimeout;

  /**
   * @param createRevision of the key; unique among the group's locks
   * @param ttl of the lease
   */
  MasterLock(EtcdConnection etcd, EtcdKeys keys, long createRevision, long lease, Duration ttl) {
    this.etcd = etcd;
    this.key = EtcdClients.bytes(keys.lock());
    this.guard = LockGuard.heldSince(keys, createRevision);
    this.lease = lease;
    this.requestTimeout = RequestTimeout.of(ttl.dividedBy(4));
  }

  /**
   * Renews the lease.
   *
   * @return false if the lease has expired
   * @throws DeliveryException when etcd does not answer
   */
  boolean renew() {
    try {
      etcd.request(requestTimeout, client -> client.getLeaseClient().keepAliveOnce(lease));
      return true;
    } catch (DeliveryException e) {
      if (EtcdFailures.isLeaseGone(e)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * @param description of the master to write to the lock; null to keep the current one
   * @return whether the key is still the one this process created
   * @throws DeliveryException when etcd does not answer
   */
  boolean confirm(@Nullable String description) {
    Op op =
        description == null
            ? Op.get(key, GetOption.DEFAULT)
            : Op.put(
                key,
                EtcdClients.bytes(description),
                PutOption.builder().withLeaseId(lease).build());
    return etcd.transact(requestTimeout, guard.comparisons(), List.of(op), List.of()).isSucceeded();
  }

  /**
   * Deletes the key and revokes the lease now. Revoking alone would not free the lock if the key
   * was written by hand.
   */
  void release() {
    RequestTimeout shortTimeout = RequestTimeout.of(RELEASE_LIMIT);
    Op delete = Op.delete(key, DeleteOption.DEFAULT);
    etcd.transact(shortTimeout, guard.comparisons(), List.of(delete), List.of());
    etcd.request(shortTimeout, client -> client.getLeaseClient().revoke(lease));
  }

  /** Frees the lock without waiting for etcd; otherwise it is freed when its lease expires. */
  void abandon() {
    etcd.requestAsync(client -> client.getLeaseClient().revoke(lease));
  }
}
