package io.binlogbroker.broker.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.fixture.LoggedLines;
import io.binlogbroker.broker.ha.Candidate;
import io.binlogbroker.broker.ha.Election;
import io.binlogbroker.broker.ha.Mastership;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Positions;
import io.binlogbroker.engine.thread.ThreadFailures;
import io.binlogbroker.testkit.EtcdCluster;
import io.binlogbroker.testkit.EtcdServer;
import io.binlogbroker.testkit.EtcdVersion;
import io.binlogbroker.testkit.network.TcpProxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mastership during failures of etcd and its network, and operators' changes. */
@Timeout(120)
class EtcdOutageIT {
  private static final String LOCK = LiveEtcd.KEYS.lock();

  @ParameterizedTest
  @EnumSource
  void aRestartOfEtcdShorterThanTheLeaseChangesNothing(EtcdVersion version) throws Exception {
    Duration ttl = Duration.ofSeconds(8);
    try (EtcdServer server = EtcdServer.of(version).start();
        LiveEtcd etcd = LiveEtcd.of(server);
        Candidate master = new Candidate(election(etcd, ttl))) {
      Mastership held = master.won();
      CountDownLatch lost = lossOf(held);

      server.restart();

      assertThat(lost.await(ttl.toSeconds() + 3, TimeUnit.SECONDS)).isFalse();
      assertThat(held.isHeld()).isTrue();
      assertThat(held.positions().save(Positions.at(100))).isTrue();
    }
  }

  @Test
  void anOutageOfEtcdEndsTheMastershipWithinTheLease() throws Exception {
    try (EtcdServer server = EtcdServer.v34().start();
        LiveEtcd etcd = LiveEtcd.of(server);
        LoggedLines lines = new LoggedLines(ThreadFailures.class)) {
      Election election = etcd.election();
      try (Candidate master = new Candidate(election)) {
        Mastership held = master.won();
        AtomicLong lostAt = new AtomicLong();
        CountDownLatch lost = new CountDownLatch(1);
        held.onLoss(
            () -> {
              throw new IllegalStateException("of a test, which keeps nobody else uninformed");
            });
        held.onLoss(
            () -> {
              lostAt.set(System.nanoTime());
              lost.countDown();
            });

        server.stop();
        long gone = System.nanoTime();

        assertThat(lost.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(lostAt.get() - gone).isLessThan(LiveEtcd.TTL.toNanos());
        assertThat(held.isHeld()).isFalse();
        assertThat(lines.errors())
            .anyMatch(
                line -> line.contains("Internal error in thread") && line.contains("lease-watch:"));
        assertThatExceptionOfType(DeliveryException.class)
            .isThrownBy(() -> election.campaign(new StopSignal(), () -> {}))
            .satisfies(e -> assertThat(e.isRetriable()).isTrue())
            .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.UNREACHABLE))
            .withMessageContaining(server.address());
      }
      server.start();

      try (Candidate again = new Candidate(election)) {
        assertThat(again.won().isHeld()).isTrue();
      }
    }
  }

  @Test
  void aNetworkPartitionEndsTheMastership() throws Exception {
    try (EtcdServer server = EtcdServer.v34().start();
        TcpProxy proxy = TcpProxy.to(server.port());
        LiveEtcd cut = new LiveEtcd(List.of("127.0.0.1:" + proxy.port()));
        LiveEtcd etcd = LiveEtcd.of(server);
        Candidate master = new Candidate(cut.election())) {
      Mastership held = master.won();
      PositionStore positions = held.positions();
      positions.save(Positions.at(100));
      CountDownLatch lost = lossOf(held);

      try (Candidate next = new Candidate(etcd.election())) {
        next.awaitWaiting();
        proxy.stall();

        Mastership taken = next.won();
        assertThat(lost.getCount()).as("the first lost it before").isZero();
        assertThat(held.isHeld()).isFalse();
        assertThat(taken.isHeld()).isTrue();

        proxy.restore();
        assertThatExceptionOfType(DeliveryException.class)
            .isThrownBy(() -> LiveEtcd.saveOnceReached(positions, Positions.at(900)))
            .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FENCED))
            .satisfies(e -> assertThat(e.isRetriable()).isTrue());
        assertThat(taken.positions().load()).isEqualTo(Positions.at(100));
      }
    }
  }

  @Test
  void deletingTheLockEndsTheMastership() throws Exception {
    try (EtcdServer server = EtcdServer.v34().start();
        LiveEtcd etcd = LiveEtcd.of(server);
        Candidate master = new Candidate(etcd.election())) {
      CountDownLatch lost = lossOf(master.won());

      server.gateway().delete(LOCK);

      assertThat(lost.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(master.won().isHeld()).isFalse();
    }
  }

  @Test
  void revokingTheLeaseEndsTheMastership() throws Exception {
    try (EtcdServer server = EtcdServer.v34().start();
        LiveEtcd etcd = LiveEtcd.of(server);
        Candidate master = new Candidate(etcd.election())) {
      CountDownLatch lost = lossOf(master.won());

      server.gateway().revokeLeaseOf(LOCK);

      assertThat(lost.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(master.won().isHeld()).isFalse();
    }
  }

  @Test
  void aCompactionDoesNotDisturbAWaitingBroker() throws Exception {
    try (EtcdServer server = EtcdServer.v34().start();
        LiveEtcd etcd = LiveEtcd.of(server);
        Candidate master = new Candidate(etcd.election())) {
      Mastership held = master.won();
      try (Candidate slave = new Candidate(etcd.election())) {
        slave.awaitWaiting();

        server.gateway().put("/other", "1");
        server.gateway().compact();
        held.close();

        assertThat(slave.won().isHeld()).isTrue();
      }
    }
  }

  @Test
  void aRollingRestartChangesNothing() throws Exception {
    Duration ttl = Duration.ofSeconds(5);
    try (EtcdCluster cluster = EtcdCluster.of(EtcdVersion.V3_4).start();
        LiveEtcd etcd = new LiveEtcd(cluster.addresses());
        Candidate master = new Candidate(election(etcd, ttl))) {
      Mastership held = master.won();
      CountDownLatch lost = lossOf(held);

      cluster.restartOneByOne();

      assertThat(lost.await(ttl.toSeconds(), TimeUnit.SECONDS)).isFalse();
      assertThat(held.isHeld()).isTrue();
      assertThat(held.positions().save(Positions.at(100))).isTrue();
    }
  }

  private static CountDownLatch lossOf(Mastership held) {
    CountDownLatch lost = new CountDownLatch(1);
    held.onLoss(lost::countDown);
    return lost;
  }

  private static EtcdElection election(LiveEtcd etcd, Duration ttl) {
    return new EtcdElection(etcd.connection(), LiveEtcd.KEYS, ttl, Clock.systemUTC());
  }
}
