package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.event.HostName;
import io.binlogbroker.broker.ha.Election;
import io.binlogbroker.broker.ha.GroupStores;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.broker.ha.MasterJson;
import io.binlogbroker.broker.ha.Mastership;
import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.engine.model.DeliveryException;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.lease.LeaseGrantResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An election between brokers on any hosts: the broker that creates the group's lock key in etcd is
 * master as long as it renews the key's lease. A campaign first revokes the lease of an earlier
 * one.
 */
public final class EtcdElection implements Election {
  private static final long NO_LEASE = 0;

  private final EtcdConnection etcd;
  private final EtcdKeys keys;
  private final Duration leaseTtl;
  private final Clock clock;
  private final String host;
  // The lease that was granted last; belongs to the campaigning thread.
  private long lease = NO_LEASE;

  /**
   * @param etcd is not closed by {@link #close}
   * @param leaseTtl in whole seconds; etcd may grant more
   */
  public EtcdElection(EtcdConnection etcd, EtcdKeys keys, Duration leaseTtl, Clock clock) {
    this.etcd = etcd;
    this.keys = keys;
    this.leaseTtl = leaseTtl;
    this.clock = clock;
    this.host = HostName.ofThis();
  }

  @Override
  public @Nullable Mastership campaign(StopSignal stop, Runnable waiting) {
    RequestTimeout requestTimeout = new RequestTimeout(etcd.requestTimeout(), stop::isRaised);
    try {
      revokeLease(requestTimeout);
      boolean waitingReported = false;
      while (!stop.isRaised()) {
        KeyValue lock = etcd.get(requestTimeout, keys.lock());
        Mastership won = lock == null ? win(requestTimeout) : null;
        if (won != null) {
          return won;
        }
        if (lock != null && !waitingReported) {
          waiting.run();
          waitingReported = true;
        }
        if (lock != null) {
          KeyWatch.awaitChange(etcd, keys.lock(), lock.getModRevision(), stop);
        }
      }
      return null;
    } catch (DeliveryException e) {
      if (stop.isRaised()) {
        return null;
      }
      throw e;
    }
  }

  private @Nullable Mastership win(RequestTimeout requestTimeout) {
    long requestedAt = System.nanoTime();
    LeaseGrantResponse granted =
        etcd.request(requestTimeout, client -> client.getLeaseClient().grant(leaseTtl.toSeconds()));
    lease = granted.getID();
    Master self = Master.here(host, clock.instant());
    TxnResponse response = createLock(requestTimeout, self);
    if (!response.isSucceeded()) {
      revokeLease(requestTimeout);
      return null;
    }
    long createRevision = response.getHeader().getRevision();
    Duration ttl = Duration.ofSeconds(granted.getTTL());
    LeaseDeadline deadline =
        new LeaseDeadline(System::nanoTime, requestedAt + LeaseKeeper.usableTime(ttl).toNanos());
    MasterLock lock = new MasterLock(etcd, keys, createRevision, lease, ttl);
    LockGuard guard = LockGuard.heldSince(keys, createRevision);
    EtcdMastership won =
        new EtcdMastership(
            lock,
            deadline,
            ttl,
            new GroupStores(
                new EtcdPositionStore(etcd, keys, guard, clock),
                new EtcdCatalogueStore(etcd, keys, guard),
                new EtcdAppliedConfigStore(etcd, keys, guard, clock)),
            self);
    won.start();
    return won;
  }

  private TxnResponse createLock(RequestTimeout requestTimeout, Master self) {
    ByteSequence key = EtcdClients.bytes(keys.lock());
    ByteSequence value = EtcdClients.bytes(MasterJson.write(self));
    PutOption underLease = PutOption.builder().withLeaseId(lease).build();
    return etcd.transact(
        requestTimeout,
        LockGuard.free(keys).comparisons(),
        List.of(Op.put(key, value, underLease)),
        List.of());
  }

  /** Revokes the lease of an earlier mastership, or of an attempt whose answer was lost. */
  private void revokeLease(RequestTimeout requestTimeout) {
    if (lease == NO_LEASE) {
      return;
    }
    try {
      etcd.request(requestTimeout, client -> client.getLeaseClient().revoke(lease));
    } catch (DeliveryException e) {
      if (!EtcdFailures.isLeaseGone(e)) {
        throw e;
      }
    }
    lease = NO_LEASE;
  }

  @Override
  public @Nullable Master master() {
    KeyValue lock = etcd.get(keys.lock());
    return lock == null ? null : MasterJson.read(LockGuard.text(lock));
  }

  @Override
  public void close() {
    // Nothing to close: the connection belongs to its creator, the rest to a mastership.
  }
}
