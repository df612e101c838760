package io.binlogbroker.engine.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Fails when the path of a row becomes clearly dearer, whatever else the machine does meanwhile.
 *
 * <p>What is allocated is counted by the JVM to the byte. The optimising compiler spares some of
 * it, sooner or later, and adds nothing to it: so the bounds are what the source code asks for, and
 * a few bytes, counted with references of four bytes as in every heap below 32 GB.
 *
 * <p>What is computed is compared with a {@link Yardstick}: in turns, on the same thread, many
 * times, by the CPU time of that thread. Neither the speed of the machine nor what others do on it
 * is in the quotient of the two least figures, and as long as the bound is not held more turns are
 * taken: a disturbance would have to spare the yardstick and hit each turn of the path. So no time
 * is asserted here; {@code bench/} measures times.
 */
class HotPathTest {
  /**
   * For each row: a {@code Message}, its {@code Address} and its {@code RowPlace}, 24, 32 and 40
   * bytes; header and padding of the arrays for key and value, 46 at most; its share of a {@code
   * Batch}, 8 at most.
   */
  private static final int BYTES_PER_ROW = 24 + 32 + 40 + 46 + 8;

  /**
   * For each transaction: its {@code GtidEvent} and {@code SourceTransaction}, the texts of BEGIN's
   * {@code QueryEvent} and what becomes of them until it is known as a BEGIN. Measured, 750.
   */
  private static final int BYTES_PER_TRANSACTION = 760;

  @Test
  void aRowOfASmallTransactionAllocatesWhatIsHandedOver() throws IOException {
    assertAllocation(SampleLog.of("sbtest"));
  }

  @Test
  void aRowOfManyColumnsAllocatesWhatIsHandedOver() throws IOException {
    assertAllocation(SampleLog.of("wide"));
  }

  /** 3.0 to 3.4 when this was written. */
  @Test
  void aRowOfASmallTransactionCostsSomeTimesTheYardstick() throws IOException {
    assertTimesYardstick(SampleLog.of("sbtest"), 8);
  }

  /** 5.2 to 5.8 when this was written. */
  @Test
  void aRowOfManyColumnsCostsSomeTimesTheYardstick() throws IOException {
    assertTimesYardstick(SampleLog.of("wide"), 12);
  }

  private static void assertAllocation(SampleLog log) throws IOException {
    double bound = BYTES_PER_ROW + log.transactionsPerRow() * BYTES_PER_TRANSACTION;

    RowMeter meter = HotPath.measure(log, figures -> figures.bytesBesideMessage() <= bound);

    assertThat(meter.bytesBesideMessage()).as("%s", meter).isLessThanOrEqualTo(bound);
  }

  private static void assertTimesYardstick(SampleLog log, double bound) throws IOException {
    RowMeter meter = HotPath.measure(log, figures -> figures.timesYardstick() <= bound);

    assertThat(meter.timesYardstick()).as("%s", meter).isLessThanOrEqualTo(bound);
  }
}
