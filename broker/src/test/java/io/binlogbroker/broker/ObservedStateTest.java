package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.http.FakeState;
import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.snapshot.SnapshotProgress;
import io.binlogbroker.engine.snapshot.SnapshotState;
import io.binlogbroker.engine.snapshot.SnapshotState.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservedStateTest {
  private static final long MASTER_SINCE = 1_000;

  private final FakeState state = new FakeState();
  private final List<EventKind> events = new ArrayList<>();
  private final ObservedState observed =
      new ObservedState(state, (kind, text, place, fix) -> events.add(kind));

  ObservedStateTest() {
    state.since = Instant.ofEpochMilli(MASTER_SINCE);
  }

  /** Snapshots are known a while after the election. */
  @Test
  void aSnapshotThatEndedBeforeThisMasterIsNoEvent() {
    state.master = true;
    observed.compare();

    see(Status.COMPLETE, 100, 200);

    assertThat(events).isEmpty();
  }

  @Test
  void aSnapshotThatThisMasterStartsIsOne() {
    state.master = true;
    observed.compare();

    see(Status.READING, 1_500, 0);
    see(Status.COMPLETE, 1_500, 1_600);

    assertThat(events).containsExactly(EventKind.SNAPSHOT_STARTED, EventKind.SNAPSHOT_COMPLETE);
  }

  @Test
  void theEndOfASnapshotThatAnotherMasterStartedIsOne() {
    state.master = true;
    see(Status.READING, 100, 0);
    see(Status.FAILED, 100, 1_600);

    assertThat(events).containsExactly(EventKind.SNAPSHOT_FAILED);
  }

  @Test
  void theEndBetweenTwoLooksIsOne() {
    state.master = true;
    observed.compare();

    see(Status.COMPLETE, 100, 1_600);

    assertThat(events).containsExactly(EventKind.SNAPSHOT_COMPLETE);
  }

  @Test
  void aSnapshotThatIsRepeatedIsAnother() {
    state.master = true;
    see(Status.COMPLETE, 100, 200);
    see(Status.COMPLETE, 1_500, 1_600);

    assertThat(events).containsExactly(EventKind.SNAPSHOT_STARTED, EventKind.SNAPSHOT_COMPLETE);
  }

  private void see(Status status, long started, long ended) {
    SnapshotState now =
        new SnapshotState(
            "mall", "goods", status, null, null, null, 0, started, ended, -1, 0, 0, null,
            List.of());
    state.snapshots = List.of(new SnapshotProgress(now, 0, 0, 0, null));
    observed.compare();
  }
}
