package io.binlogbroker.broker.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventSaverTest {
  private final EventRing ring = new EventRing("a", Clock.systemUTC());
  private final MemoryStore store = new MemoryStore();
  private final EventSaver saver = new EventSaver(ring, store);

  @Test
  void aStoreThatFailsIsAskedLessAndLess() {
    store.fails = true;
    steps(600);

    assertThat(store.requests).isBetween(10, 16);
  }

  @Test
  void afterAnOutageTheStoreHasWhatTheRingHas() {
    ring.add(EventKind.MASTER, "Master");
    steps(1);
    store.fails = true;
    for (int i = 0; i < 3_000; i++) {
      ring.add(EventKind.DDL, "CREATE TABLE t" + i);
      steps(i % 100 == 0 ? 1 : 0);
    }
    store.fails = false;
    steps(62);

    assertThat(store.events.values()).containsExactlyElementsOf(ring.all());
    assertThat(ring.all().get(0).kind()).isEqualTo(EventKind.MASTER);
  }

  @Test
  void afterAnOutagePausesAreShortAgain() {
    store.fails = true;
    steps(300);
    store.fails = false;
    steps(61);

    ring.add(EventKind.MASTER, "Master");
    steps(1);

    assertThat(store.events).hasSize(1);
  }

  @Test
  void whatOthersHaveStoredIsReadOnRequest() {
    steps(1);
    EventRing other = new EventRing("b", Clock.systemUTC());
    other.add(EventKind.MASTER, "Master");
    store.save(other.takeChanges());

    saver.reload();
    steps(1);

    assertThat(ring.all()).isEqualTo(other.all());
  }

  @Test
  void theLastEventsAreStoredAtTheEndEvenAfterAFailure() {
    store.fails = true;
    steps(3);
    store.fails = false;
    saver.start();

    ring.add(EventKind.STOPPED, "Stopped");
    saver.close();

    assertThat(store.events.values()).extracting(GroupEvent::text).containsExactly("Stopped");
  }

  private void steps(int count) {
    for (int i = 0; i < count; i++) {
      saver.step();
    }
  }

  /** Stores events in memory, or fails. */
  private static final class MemoryStore implements EventStore {
    private final TreeMap<String, GroupEvent> events = new TreeMap<>();
    private boolean fails;
    private int requests;

    @Override
    public synchronized List<GroupEvent> load() {
      request();
      return new ArrayList<>(events.values());
    }

    @Override
    public synchronized void save(EventRing.Changes changes) {
      request();
      changes.events().forEach(event -> events.put(event.id(), event));
      events.keySet().removeAll(changes.dropped());
    }

    private void request() {
      requests++;
      if (fails) {
        throw DeliveryException.retriable(FailureKind.UNREACHABLE, "No answer", null);
      }
    }
  }
}
