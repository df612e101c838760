package io.binlogbroker.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.snapshot.SnapshotModel.Mark;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random runs of a snapshot beside a stream, with restarts, lost connections and changed columns:
 * whether a message is older than one before it, and whether the messages give the table.
 */
class SnapshotModelTest {
  private static final int RUNS = Integer.getInteger("snapshot.runs", 20_000);

  @Test
  void noMessageIsOlderThanOneBeforeIt() {
    long seed = new Random().nextLong();
    Random seeds = new Random(seed);

    for (int run = 0; run < RUNS; run++) {
      long own = seeds.nextLong();
      assertThat(new SnapshotModel(own, Mark.EXECUTED).run()).as("seed %d", own).isEmpty();
    }
  }

  /** The model detects the fault of taking the stream's own position for what a view contains. */
  @Test
  void aViewThatIsNotWaitedForIsDetected() {
    int violations = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      violations += new SnapshotModel(seed, Mark.NONE).run().size();
    }

    assertThat(violations).isPositive();
  }

  /** The model detects the fault of taking executed transactions for the end of the log. */
  @Test
  void aHighMarkThatIsTooLowIsDetected() {
    int violations = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      violations += new SnapshotModel(seed, Mark.EXECUTED_AS_END).run().size();
    }

    assertThat(violations).isPositive();
  }
}
