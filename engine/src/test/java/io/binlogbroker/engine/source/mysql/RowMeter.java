package io.binlogbroker.engine.source.mysql;

import com.sun.management.ThreadMXBean;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.Message;
import java.lang.management.ManagementFactory;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a sink and measures, in slices of {@link #SLICE} rows, the bytes allocated and the CPU time
 * used by the calling thread; between two slices it runs the yardstick. The minimum of many slices
 * counts: noise only adds.
 */
final class RowMeter implements ChangeSink {
  /** A multiple of the sample's rows: all slices are of the same rows. */
  static final int SLICE = 2_000;

  private static final int FEWEST_SLICES = 10;
  private static final int MOST_SLICES = 1_000;

  private final ChangeSink sink;
  private final Yardstick yardstick;
  private final Predicate<RowMeter> enough;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private Runnable stop = () -> {};
  private int slices;
  private boolean done;
  private int rows;
  private long messageBytes;
  private long allocatedBefore;
  private long cpuBefore;
  private long leastBytes = Long.MAX_VALUE;
  private long leastNanos = Long.MAX_VALUE;
  private long leastYardstickNanos = Long.MAX_VALUE;
  private long yardstickResult;

  /**
   * @param enough called after the minimum number of slices, then after each one up to the maximum
   */
  RowMeter(ChangeSink sink, Yardstick yardstick, Predicate<RowMeter> enough) {
    this.sink = sink;
    this.yardstick = yardstick;
    this.enough = enough;
  }

  /** Sets the action that ends the stream of rows after the measurement. */
  void whenDone(Runnable stop) {
    this.stop = stop;
  }

  /** Bytes allocated per row in addition to key and value. */
  double bytesBesideMessage() {
    return (double) leastBytes / SLICE;
  }

  /** The CPU time of a row, as a multiple of the yardstick. */
  double timesYardstick() {
    return (double) leastNanos / leastYardstickNanos;
  }

  @Override
  public void send(Message message) {
    sink.send(message);
    messageBytes += message.bytes();
    rows++;
    if (rows == SLICE && !done) {
      endSlice();
    }
  }

  private void endSlice() {
    long cpu = threads.getCurrentThreadCpuTime();
    long allocated = allocated();
    // The first slice began before the first row.
    if (slices++ > 0) {
      leastNanos = Math.min(leastNanos, cpu - cpuBefore);
      leastBytes = Math.min(leastBytes, allocated - allocatedBefore - messageBytes);
    }
    long yardstickBefore = threads.getCurrentThreadCpuTime();
    yardstickResult += yardstick.work(SLICE);
    long yardstickNanos = threads.getCurrentThreadCpuTime() - yardstickBefore;
    leastYardstickNanos = Math.min(leastYardstickNanos, yardstickNanos);
    done = slices > FEWEST_SLICES && (slices > MOST_SLICES || enough.test(this));
    if (done) {
      stop.run();
    }
    rows = 0;
    messageBytes = 0;
    allocatedBefore = allocated();
    cpuBefore = threads.getCurrentThreadCpuTime();
  }

  private long allocated() {
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  @Override
  public @Nullable Position open() {
    return sink.open();
  }

  @Override
  public String positionsTopic() {
    return sink.positionsTopic();
  }

  @Override
  public @Nullable Position committedIn(String topic) {
    return sink.committedIn(topic);
  }

  @Override
  public void commit(Position position) {
    sink.commit(position);
  }

  @Override
  public void catchUp() {
    sink.catchUp();
  }

  @Override
  public void flush() {
    sink.flush();
  }

  @Override
  public @Nullable Position committed() {
    return sink.committed();
  }

  @Override
  public void close() {
    sink.close();
  }

  @Override
  public String toString() {
    return ("%d slices: a row takes %.1f bytes beside its message and %.0f ns of CPU,"
            + " %.2f times the yardstick's %.0f ns (%x)")
        .formatted(
            slices,
            bytesBesideMessage(),
            (double) leastNanos / SLICE,
            timesYardstick(),
            (double) leastYardstickNanos / SLICE,
            yardstickResult);
  }
}
