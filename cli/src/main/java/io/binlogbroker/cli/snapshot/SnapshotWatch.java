package io.binlogbroker.cli.snapshot;

import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.engine.snapshot.SnapshotState;
import io.binlogbroker.engine.snapshot.SnapshotState.Status;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of snapshots: rows, rate and time left, on a terminal in one line that is
 * replaced. One thread.
 */
final class SnapshotWatch {
  private static final int WIDTH = 24;
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** Lines elsewhere than on a terminal. */
  private static final Duration LINES_PAUSE = Duration.ofSeconds(5);

  /** The rate is that of the last samples. */
  private static final int SAMPLES = 10;

  private final PrintStream out;
  private final Supplier<List<SnapshotState>> states;
  private final boolean terminal = System.console() != null;
  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long rows) {}

  SnapshotWatch(PrintStream out, Supplier<List<SnapshotState>> states) {
    this.out = out;
    this.states = states;
  }

  /** Shows the progress until a condition holds. */
  void until(Predicate<List<SnapshotState>> done) {
    StopSignal pause = new StopSignal();
    List<SnapshotState> now = states.get();
    while (!done.test(now)) {
      show(line(now, System.nanoTime()));
      pause.await(terminal ? PAUSE : LINES_PAUSE);
      now = states.get();
    }
    if (terminal) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }

  private void show(String line) {
    if (terminal) {
      out.print("\r" + line + "\u001b[K");
      out.flush();
    } else {
      out.println(line);
    }
  }

  /** One line about all of them. */
  String line(List<SnapshotState> all, long nanos) {
    long read = all.stream().mapToLong(SnapshotWatch::read).sum();
    samples.add(new Sample(nanos, read));
    if (samples.size() > SAMPLES) {
      samples.remove();
    }
    List<SnapshotState> open =
        all.stream().filter(state -> state.status() == Status.READING).toList();
    if (open.isEmpty()) {
      return "waiting for the broker";
    }
    SnapshotState current = open.get(0);
    String more = open.size() == 1 ? "" : " and " + (open.size() - 1) + " more";
    return String.format(
        Locale.ROOT,
        "%s %s  %,d rows%s  %s%s",
        bar(current),
        percent(current),
        read(current),
        rate(open),
        current,
        more);
  }

  private String rate(List<SnapshotState> open) {
    Sample first = samples.element();
    Sample last = samples.getLast();
    double seconds = (last.nanos - first.nanos) / 1e9;
    double rate = seconds > 0 ? (last.rows - first.rows) / seconds : 0;
    if (rate <= 0) {
      return "";
    }
    String text = String.format(Locale.ROOT, ", %,.0f rows/s", rate);
    if (open.stream().anyMatch(state -> state.estimate() < 0)) {
      return text;
    }
    long left = open.stream().mapToLong(SnapshotWatch::left).sum();
    return text + ", about " + duration(Math.round(left / rate)) + " left";
  }

  private static String duration(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }

  private static String bar(SnapshotState state) {
    Double share = share(state);
    int full = share == null ? 0 : (int) Math.round(share * WIDTH);
    return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "]";
  }

  /** The share that is read, by the server's estimate. */
  static String percent(SnapshotState state) {
    Double share = share(state);
    return share == null ? "of an unknown number" : String.format("%d %%", (int) (share * 100));
  }

  private static @Nullable Double share(SnapshotState state) {
    return state.estimate() <= 0
        ? null
        : (Double) Math.min(1.0, (double) read(state) / state.estimate());
  }

  private static long read(SnapshotState state) {
    return state.rows() + state.skipped();
  }

  private static long left(SnapshotState state) {
    return Math.max(0, state.estimate() - read(state));
  }
}
