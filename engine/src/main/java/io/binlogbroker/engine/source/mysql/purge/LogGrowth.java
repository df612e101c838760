package io.binlogbroker.engine.source.mysql.purge;

import io.binlogbroker.engine.model.BinlogPosition;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How fast a source's log grows, from its end at the last observations. Belongs to the thread that
 * observes.
 */
final class LogGrowth {
  private static final int OBSERVATIONS = 360;

  /**
   * @param seconds the server's clock
   * @param grown bytes since the first observation
   */
  private record Observation(long seconds, BinlogPosition end, long grown) {}

  private final Deque<Observation> observations = new ArrayDeque<>();

  void observe(long nowSeconds, LogList files) {
    observations.add(new Observation(nowSeconds, files.end(), grown(nowSeconds, files)));
    if (observations.size() > OBSERVATIONS) {
      observations.removeFirst();
    }
  }

  /**
   * Starts again when the log was reset or purged up to its end, when the clock was set back, and
   * after a gap, whose average rate is not the current one.
   */
  private long grown(long nowSeconds, LogList files) {
    Observation last = observations.peekLast();
    if (last == null) {
      return 0;
    }
    Long since = files.bytesAfter(last.end);
    if (since == null || !Observations.areConsecutive(last.seconds, nowSeconds)) {
      observations.clear();
      return 0;
    }
    return last.grown + since;
  }

  /** NaN before the second observation. */
  double bytesPerSecond() {
    if (observations.size() < 2) {
      return Double.NaN;
    }
    Observation first = observations.getFirst();
    Observation last = observations.getLast();
    long seconds = last.seconds - first.seconds;
    return seconds == 0 ? Double.NaN : (double) (last.grown - first.grown) / seconds;
  }
}
