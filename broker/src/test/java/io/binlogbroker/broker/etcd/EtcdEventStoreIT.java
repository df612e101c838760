package io.binlogbroker.broker.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.event.EventRing;
import io.binlogbroker.broker.event.EventSaver;
import io.binlogbroker.broker.event.GroupEvent;
import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.testkit.EtcdServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LiveEtcd.Provider.class)
@Timeout(60)
class EtcdEventStoreIT {
  private final LiveEtcd etcd;
  private final String address;

  EtcdEventStoreIT(LiveEtcd etcd, EtcdServer server) {
    this.etcd = etcd;
    this.address = server.address();
  }

  @Test
  void aRestartedBrokerKnowsTheEventsBeforeIt() {
    EtcdEventStore store = store();
    EventRing before = ring();
    try (EventSaver saver = new EventSaver(before, store)) {
      saver.start();
      before.add(EventKind.MASTER, "Master");
      before.add(EventKind.GAP, "lost", "binlog.000001:4", "compare");
      await(() -> store.load().size() == 2);
    }

    EventRing after = ring();
    try (EventSaver saver = new EventSaver(after, store)) {
      saver.start();
      after.add(EventKind.STARTED, "again");
      await(() -> after.all().size() == 3 && store.load().size() == 3);
    }

    assertThat(store.load()).containsExactlyElementsOf(after.all());
    assertThat(after.all()).containsAll(before.all());
  }

  @Test
  void theNumberOfKeysIsBounded() {
    EtcdEventStore store = store();
    for (int broker = 0; broker < 3; broker++) {
      EventRing ring = ring();
      ring.merge(store.load());
      for (int i = 0; i < 150; i++) {
        ring.add(EventKind.DDL, broker + " " + i);
      }
      store.save(ring.takeChanges());
    }

    assertThat(store.load()).hasSize(EventRing.SIZE).extracting(GroupEvent::text).contains("2 149");
  }

  private static EventRing ring() {
    return new EventRing("a", Clock.systemUTC());
  }

  /** etcd may answer late where tests of other modules run at the same time. */
  private EtcdEventStore store() {
    EtcdOptions patient =
        new EtcdOptions(List.of(address), null, null, null, Duration.ofSeconds(20));
    return new EtcdEventStore(etcd.connection(patient), LiveEtcd.KEYS);
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
