package io.binlogbroker.engine.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Fails when the path of a row becomes clearly more expensive, whatever the load of the machine.
 *
 * <p>Allocation is measured by the JVM to the byte. The optimising compiler eliminates some of it
 * at some point and adds none: so the bounds are the allocations in the source code and a few bytes
 * more, with references of four bytes as in every heap below 32 GB.
 *
 * <p>CPU time is compared with a {@link Yardstick}: alternately, on the same thread, many times, by
 * the CPU time of that thread. The ratio of the two minimums depends neither on the speed of the
 * machine nor on other processes, and the measurement is repeated while the bound is exceeded: a
 * disturbance would have to affect every slice of the path but none of the yardstick. So no
 * absolute time is asserted here; {@code bench/} measures times.
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
   * {@code QueryEvent} and the temporary objects until it is recognised as a BEGIN. Measured: 750.
   */
  private static final int BYTES_PER_TRANSACTION = 760;

  @Test
  void aRowOfASmallTransactionAllocatesOnlyItsMessage() throws IOException {
    assertAllocation(SampleLog.of("sbtest"));
  }

  @Test
  void aRowOfManyColumnsAllocatesOnlyItsMessage() throws IOException {
    assertAllocation(SampleLog.of("wide"));
  }

  /** Measured 3.0 to 3.4 when this was written. */
  @Test
  void aRowOfASmallTransactionTakesAtMostAMultipleOfTheBaseline() throws IOException {
    assertTimesYardstick(SampleLog.of("sbtest"), 8);
  }

  /** Measured 5.2 to 5.8 when this was written. */
  @Test
  void aRowOfManyColumnsTakesAtMostAMultipleOfTheBaseline() throws IOException {
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
