package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.event.HostName;
import io.binlogbroker.broker.fleet.BrokerProcess;
import io.binlogbroker.broker.fleet.Standby;
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

  /** How long the lock is left to the standby whose turn it is. */
  private static final Duration YIELDED_TIME = Duration.ofMillis(500);

  private static final Duration YIELD_POLL = Duration.ofMillis(50);

  private final EtcdConnection etcd;
  private final EtcdKeys keys;
  private final Duration leaseTtl;
  private final Clock clock;
  private final BrokerProcess self;
  private final EtcdStandby standby;
  // The lease that was granted last; belongs to the campaigning thread.
  private long lease = NO_LEASE;

  /**
   * @param etcd is not closed by {@link #close}
   * @param leaseTtl in whole seconds; etcd may grant more
   */
  public EtcdElection(EtcdConnection etcd, EtcdKeys keys, Duration leaseTtl, Clock clock) {
    this(etcd, keys, leaseTtl, clock, BrokerProcess.here(HostName.ofThis()));
  }

  EtcdElection(
      EtcdConnection etcd, EtcdKeys keys, Duration leaseTtl, Clock clock, BrokerProcess self) {
    this.etcd = etcd;
    this.keys = keys;
    this.leaseTtl = leaseTtl;
    this.clock = clock;
    this.self = self;
    this.standby = new EtcdStandby(etcd, keys, self, clock);
  }

  @Override
  public @Nullable Mastership campaign(StopSignal stop, Runnable waiting) {
    RequestTimeout requestTimeout = new RequestTimeout(etcd.requestTimeout(), stop::isRaised);
    try {
      revokeLease(requestTimeout);
      return campaign(stop, requestTimeout, waiting);
    } catch (DeliveryException e) {
      if (stop.isRaised()) {
        return null;
      }
      throw e;
    } finally {
      if (stop.isRaised()) {
        standby.close();
      }
    }
  }

  private @Nullable Mastership campaign(
      StopSignal stop, RequestTimeout requestTimeout, Runnable waiting) {
    boolean waitingReported = false;
    while (!stop.isRaised()) {
      KeyValue lock = etcd.get(requestTimeout, keys.lock());
      if (lock == null) {
        Mastership won = winInTurn(stop, requestTimeout);
        if (won != null) {
          return won;
        }
        continue;
      }
      if (!waitingReported) {
        waiting.run();
        waitingReported = true;
      }
      standby.announce(requestTimeout);
      KeyWatch.awaitChange(etcd, keys.lock(), lock.getModRevision(), stop);
    }
    return null;
  }

  /** Wins the free lock unless another broker does, after a moment for the one whose turn it is. */
  private @Nullable Mastership winInTurn(StopSignal stop, RequestTimeout requestTimeout) {
    if (standby.yields(requestTimeout)) {
      long deadline = System.nanoTime() + YIELDED_TIME.toNanos();
      while (System.nanoTime() - deadline < 0 && !stop.await(YIELD_POLL)) {
        if (etcd.get(requestTimeout, keys.lock()) != null) {
          return null;
        }
      }
    }
    Mastership won = win(requestTimeout);
    if (won != null) {
      standby.withdraw();
    }
    return won;
  }

  private @Nullable Mastership win(RequestTimeout requestTimeout) {
    long requestedAt = System.nanoTime();
    LeaseGrantResponse granted =
        etcd.request(requestTimeout, client -> client.getLeaseClient().grant(leaseTtl.toSeconds()));
    lease = granted.getID();
    Master master = Master.at(self, clock.instant());
    TxnResponse response = createLock(requestTimeout, master);
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
            master);
    won.start();
    return won;
  }

  private TxnResponse createLock(RequestTimeout requestTimeout, Master master) {
    ByteSequence key = EtcdClients.bytes(keys.lock());
    ByteSequence value = EtcdClients.bytes(MasterJson.write(master));
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
  public List<Standby> standbys() {
    return new EtcdFleet(etcd).standbys(keys);
  }

  @Override
  public void close() {
    // Nothing to close: the connection belongs to its creator, the rest to a mastership.
  }
}
