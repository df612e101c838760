package io.binlogbroker.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.relay.MessageBlock;
import io.binlogbroker.engine.relay.SnapshotRows;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamHoldTest {
  private static final Restart FIRST =
      new Restart(new BinlogPosition("log.000001", 4), null, null, 0);
  private static final Restart LATER =
      new Restart(new BinlogPosition("log.000001", 400), null, null, 0);

  private final FakeClock clock = new FakeClock();
  private final StreamHold hold = new StreamHold(clock);
  private final TableSnapshot table = table("t");

  private static TableSnapshot table(String name) {
    return new TableSnapshot(SnapshotState.begin(new TableName("d", name), 0), 1);
  }

  @Test
  void theStreamIsHeldWhereItIsUntilTheRowsAreDelivered() {
    SnapshotRows rows = new SnapshotRows(MessageBlock.EMPTY, "snapshot d.t", new byte[0]);
    assertThat(hold.begin(table)).isTrue();
    assertThat(hold.place()).isNull();
    hold.reached(FIRST);
    hold.reached(LATER);
    assertThat(hold.place()).isEqualTo(FIRST);

    hold.endWith(rows);
    hold.delivered(new SnapshotRows(MessageBlock.EMPTY, "snapshot d.other", new byte[0]));
    assertThat(hold.isHeld()).isTrue();
    hold.delivered(rows);

    assertThat(hold.isHeld()).isFalse();
  }

  @Test
  void oneTableAtATimeHoldsTheStream() {
    hold.begin(table);

    assertThat(hold.begin(table("other"))).isFalse();
    assertThat(hold.isFor(table)).isTrue();
  }

  @Test
  void theStreamIsHeldForFiveSecondsAtMost() {
    hold.begin(table);
    hold.reached(FIRST);
    clock.advance(Duration.ofSeconds(5).toNanos());
    assertThat(hold.isHeld()).isTrue();

    clock.advance(1);

    assertThat(hold.isHeld()).isFalse();
    assertThat(hold.place()).isNull();
  }

  /** Later, the rows would be those of another place. */
  @Test
  void rowsThatWereReadAreDeliveredBeforeTheStreamGoesOn() {
    hold.begin(table);
    hold.reached(FIRST);
    hold.endWith(new SnapshotRows(MessageBlock.EMPTY, "snapshot d.t", new byte[0]));

    hold.release();
    clock.advance(Duration.ofMinutes(1).toNanos());

    assertThat(hold.isHeld()).isTrue();
  }

  @Test
  void withoutRowsTheStreamIsReleased() {
    hold.begin(table);
    hold.release();

    assertThat(hold.isHeld()).isFalse();
  }
}
