package io.binlogbroker.broker.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.event.EventKind;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventRingTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC);

  private final EventRing ring = new EventRing("a", CLOCK);

  @Test
  void keepsEventsInTheOrderOfTime() {
    ring.add(EventKind.STARTED, "started");
    ring.add(EventKind.MASTER, "master");

    assertThat(ring.all()).extracting(GroupEvent::text).containsExactly("started", "master");
  }

  @Test
  void theSameFailureAgainCountsAsOneEvent() {
    ring.add(EventKind.RECONNECT, "refused");
    ring.add(EventKind.READING, "reading");
    ring.add(EventKind.RECONNECT, "refused");

    assertThat(ring.all()).extracting(GroupEvent::count).containsExactly(2L, 1L);
  }

  @Test
  void aRoleTakenAgainIsAnotherEvent() {
    ring.add(EventKind.MASTER, "Master");
    ring.add(EventKind.MASTER, "Master");

    assertThat(ring.all()).hasSize(2);
  }

  @Test
  void aStormOfOneKindDoesNotHideOthers() {
    ring.add(EventKind.MASTER, "master");
    for (int i = 0; i < 1_000; i++) {
      ring.add(EventKind.DDL, "CREATE TABLE t" + i);
    }

    assertThat(ring.all()).hasSize(EventRing.SIZE);
    assertThat(ring.all().get(0).kind()).isEqualTo(EventKind.MASTER);
    assertThat(ring.takeChanges().dropped()).hasSize(801);
  }

  @Test
  void whatAStoreIsToDeleteIsBounded() {
    for (int i = 0; i < 5_000; i++) {
      ring.add(EventKind.DDL, "CREATE TABLE t" + i);
      ring.putBack(ring.takeChanges());
    }

    assertThat(ring.takeChanges().dropped()).hasSize(1_000);
  }

  @Test
  void anEventThatIsToBeDeletedDoesNotComeBack() {
    ring.add(EventKind.DDL, "CREATE TABLE t");
    List<GroupEvent> stored = ring.all();
    for (int i = 0; i < EventRing.SIZE; i++) {
      ring.add(EventKind.DDL, "CREATE TABLE t" + i);
    }

    ring.merge(stored);

    assertThat(ring.all()).hasSize(EventRing.SIZE).doesNotContainAnyElementsOf(stored);
  }

  @Test
  void changesAreTakenOnceUnlessTheyArePutBack() {
    ring.add(EventKind.STARTED, "started");

    EventRing.Changes changes = ring.takeChanges();
    assertThat(changes.events()).hasSize(1);
    assertThat(ring.takeChanges().isEmpty()).isTrue();

    ring.putBack(changes);
    assertThat(ring.takeChanges().events()).isEqualTo(changes.events());
  }

  @Test
  void eventsOfAnotherBrokerAreMerged() {
    EventRing other = new EventRing("b", CLOCK);
    other.add(EventKind.MASTER, "master");
    List<GroupEvent> stored = other.all();
    other.add(EventKind.STOPPED, "stopped");

    ring.merge(stored);
    ring.merge(other.all());

    assertThat(ring.all()).isEqualTo(other.all());
    assertThat(ring.takeChanges().isEmpty()).isTrue();
  }

  @Test
  void aTextIsOneLineOfLimitedLength() {
    ring.add(EventKind.FAILED, "a\n\tb" + "x".repeat(5_000));

    assertThat(ring.all().get(0).text()).startsWith("a bxx").hasSizeLessThan(900);
  }
}
