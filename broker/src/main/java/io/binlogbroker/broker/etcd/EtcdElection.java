package io.binlogbroker.broker.etcd;

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
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An election between brokers on any hosts: whoever makes the group's lock key in etcd is master,
 * as long as the lease renewed for it lasts. A campaign gives up what an earlier one has left.
 */
public final class EtcdElection implements Election {
  private static final long NO_LEASE = 0;

  private final EtcdConnection etcd;
  private final EtcdKeys keys;
  private final Duration leaseTtl;
  private final Clock clock;
  private final String host;
  // Of the campaigning thread: the lease that was granted last.
  private long lease = NO_LEASE;

  /**
   * @param etcd is left open by {@link #close}
   * @param leaseTtl in whole seconds; etcd may grant more
   */
  public EtcdElection(EtcdConnection etcd, EtcdKeys keys, Duration leaseTtl, Clock clock) {
    this.etcd = etcd;
    this.keys = keys;
    this.leaseTtl = leaseTtl;
    this.clock = clock;
    this.host = hostName();
  }

  @Override
  public @Nullable Mastership campaign(StopSignal stop, Runnable waiting) {
    RequestTimeout patience = new RequestTimeout(etcd.requestTimeout(), stop::isRaised);
    try {
      giveUpLease(patience);
      boolean told = false;
      while (!stop.isRaised()) {
        KeyValue lock = etcd.get(patience, keys.lock());
        Mastership won = lock == null ? win(patience) : null;
        if (won != null) {
          return won;
        }
        if (lock != null && !told) {
          waiting.run();
          told = true;
        }
        if (lock != null) {
          KeyWatch.awaitNews(etcd, keys.lock(), lock.getModRevision(), stop);
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

  private @Nullable Mastership win(RequestTimeout patience) {
    long asked = System.nanoTime();
    LeaseGrantResponse granted =
        etcd.ask(patience, client -> client.getLeaseClient().grant(leaseTtl.toSeconds()));
    lease = granted.getID();
    Master self = Master.here(host, clock.instant());
    TxnResponse response = makeLock(patience, self);
    if (!response.isSucceeded()) {
      giveUpLease(patience);
      return null;
    }
    long createRevision = response.getHeader().getRevision();
    Duration ttl = Duration.ofSeconds(granted.getTTL());
    HeldUntil held = new HeldUntil(System::nanoTime, asked + LeaseKeeper.countedOn(ttl).toNanos());
    MasterLock lock = new MasterLock(etcd, keys, createRevision, lease, ttl);
    LockGuard guard = LockGuard.heldSince(keys, createRevision);
    EtcdMastership won =
        new EtcdMastership(
            lock,
            held,
            ttl,
            new GroupStores(
                new EtcdPositionStore(etcd, keys, guard, clock),
                new EtcdCatalogueStore(etcd, keys, guard),
                new EtcdAppliedConfigStore(etcd, keys, guard, clock)),
            self);
    won.start();
    return won;
  }

  private TxnResponse makeLock(RequestTimeout patience, Master self) {
    ByteSequence key = EtcdClients.bytes(keys.lock());
    ByteSequence value = EtcdClients.bytes(MasterJson.write(self));
    PutOption underLease = PutOption.builder().withLeaseId(lease).build();
    return etcd.transact(
        patience,
        LockGuard.free(keys).comparisons(),
        List.of(Op.put(key, value, underLease)),
        List.of());
  }

  /** What is left of an earlier mastership, or of a try whose answer was lost, need not last. */
  private void giveUpLease(RequestTimeout patience) {
    if (lease == NO_LEASE) {
      return;
    }
    try {
      etcd.ask(patience, client -> client.getLeaseClient().revoke(lease));
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
    // Nothing is open but the connection, which is its maker's, and what a mastership holds.
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // The name is for people only.
      return "unknown host";
    }
  }
}
