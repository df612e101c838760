package io.binlogbroker.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The pauses in a JVM's garbage collection log, in order. */
public record GcLog(List<Pause> pauses) {
  private static final Pattern PAUSE =
      Pattern.compile("\\[(\\d+)ns] .*Pause .* (\\d+)M->(\\d+)M\\(\\d+M\\) ([0-9.]+)ms");

  /**
   * A pause.
   *
   * @param nanos end of the pause in terms of {@link System#nanoTime}
   */
  public record Pause(long nanos, long mibBefore, long mibAfter, double millis) {
    private static Pause of(MatchResult line) {
      return new Pause(
          Long.parseLong(line.group(1)),
          Long.parseLong(line.group(2)),
          Long.parseLong(line.group(3)),
          Double.parseDouble(line.group(4)));
    }
  }

  static GcLog read(Path file) throws IOException {
    return of(Files.readString(file));
  }

  static GcLog of(String log) {
    return new GcLog(PAUSE.matcher(log).results().map(Pause::of).toList());
  }

  /** The pauses between two times. */
  public GcLog between(long from, long to) {
    return new GcLog(
        pauses.stream().filter(pause -> pause.nanos - from >= 0 && pause.nanos - to <= 0).toList());
  }

  public double millis() {
    return pauses.stream().mapToDouble(Pause::millis).sum();
  }

  /** The allocation between the first and the last pause. */
  public long allocatedMib() {
    long sum = 0;
    for (int i = 1; i < pauses.size(); i++) {
      sum += pauses.get(i).mibBefore - pauses.get(i - 1).mibAfter;
    }
    return sum;
  }
}
