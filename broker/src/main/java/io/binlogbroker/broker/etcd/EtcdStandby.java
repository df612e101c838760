package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.fleet.BrokerProcess;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.broker.ha.MasterJson;
import io.binlogbroker.engine.model.DeliveryException;
import io.etcd.jetcd.lease.LeaseGrantResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces in etcd that this broker waits for a group's lock. The election works without it: a
 * failure is only logged. Campaigning thread.
 */
final class EtcdStandby {
  private static final Logger log = LoggerFactory.getLogger(EtcdStandby.class);

  /** Several times the interval in which a campaign looks at the lock. */
  private static final Duration TTL = Duration.ofSeconds(10);

  private static final Duration WITHDRAWAL_LIMIT = Duration.ofMillis(500);
  private static final long NO_LEASE = 0;

  private final EtcdConnection etcd;
  private final EtcdKeys keys;
  private final BrokerProcess self;
  private final Clock clock;
  private long lease = NO_LEASE;
  private boolean failing;

  EtcdStandby(EtcdConnection etcd, EtcdKeys keys, BrokerProcess self, Clock clock) {
    this.etcd = etcd;
    this.keys = keys;
    this.self = self;
    this.clock = clock;
  }

  /** Begins or renews the announcement. To be called every few seconds. */
  void announce(RequestTimeout requestTimeout) {
    try {
      if (lease == NO_LEASE || !renew(requestTimeout)) {
        put(requestTimeout);
      }
      failing = false;
    } catch (DeliveryException e) {
      if (!failing) {
        log.warn("This standby cannot be announced to other brokers: {}", e.getMessage());
      }
      failing = true;
    }
  }

  private boolean renew(RequestTimeout requestTimeout) {
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

  private void put(RequestTimeout requestTimeout) {
    LeaseGrantResponse granted =
        etcd.request(requestTimeout, client -> client.getLeaseClient().grant(TTL.toSeconds()));
    PutOption underLease = PutOption.builder().withLeaseId(granted.getID()).build();
    String text = MasterJson.write(Master.at(self, clock.instant()));
    Op put = Op.put(EtcdClients.bytes(keys.standby(self)), EtcdClients.bytes(text), underLease);
    var unused = etcd.transact(requestTimeout, List.of(), List.of(put), List.of());
    lease = granted.getID();
  }

  /**
   * Whether another standby should become master of this group, which has none: then this one waits
   * for a moment.
   */
  boolean yields(RequestTimeout requestTimeout) {
    if (lease == NO_LEASE) {
      return false;
    }
    try {
      BrokerProcess next = new EtcdFleet(etcd).state(requestTimeout).successor(keys.group());
      return next != null && !next.equals(self);
    } catch (DeliveryException e) {
      log.debug("The other brokers are not known", e);
      return false;
    }
  }

  /** Ends the announcement without waiting for etcd. */
  void withdraw() {
    end(lease -> etcd.requestAsync(client -> client.getLeaseClient().revoke(lease)));
  }

  /** Ends the announcement before the connection is closed. */
  void close() {
    RequestTimeout limit = RequestTimeout.of(WITHDRAWAL_LIMIT);
    end(lease -> etcd.request(limit, client -> client.getLeaseClient().revoke(lease)));
  }

  private void end(LongConsumer revoke) {
    if (lease == NO_LEASE) {
      return;
    }
    try {
      revoke.accept(lease);
    } catch (DeliveryException e) {
      log.debug("The announcement of this standby ends with its lease", e);
    }
    lease = NO_LEASE;
  }
}
