package io.binlogbroker.broker.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The lag and the rate of a group while this process is its master: the last {@value #SIZE}
 * samples, about an hour. Any thread.
 */
final class LagHistory {
  static final int SIZE = 720;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Deque<Sample> samples = new ArrayDeque<>();
  private @Nullable Totals last;

  /**
   * What has been counted.
   *
   * @param rows handed to the sink since the process started
   * @param bytes of their keys and values
   */
  record Totals(Instant time, long rows, long bytes) {
    private double secondsSince(Totals earlier) {
      return (time.toEpochMilli() - earlier.time.toEpochMilli()) / 1000.0;
    }
  }

  /**
   * Lag at a moment, and rate since the sample before.
   *
   * @param secondsBehind as {@link io.binlogbroker.broker.admin.GroupProgress#secondsBehind}
   * @param bytesBehind NaN while not known
   */
  record Sample(
      Instant time,
      double secondsBehind,
      double bytesBehind,
      double rowsPerSecond,
      double bytesPerSecond) {}

  /** Adds a sample; the first one after {@link #clear} only begins the measurement. */
  synchronized void add(Totals now, double secondsBehind, double bytesBehind) {
    Totals before = last;
    last = now;
    double seconds = before == null ? 0 : now.secondsSince(before);
    // A clock that is set back begins the measurement again.
    if (before == null || seconds <= 0) {
      return;
    }
    if (samples.size() == SIZE) {
      samples.removeFirst();
    }
    samples.add(
        new Sample(
            now.time(),
            secondsBehind,
            bytesBehind,
            (now.rows() - before.rows()) / seconds,
            (now.bytes() - before.bytes()) / seconds));
  }

  /** Forgets everything: this process is not the master. */
  synchronized void clear() {
    samples.clear();
    last = null;
  }

  /** The last sample; null for none. */
  synchronized @Nullable Sample newest() {
    return samples.peekLast();
  }

  /**
   * Adds one array for each value, in the order of time.
   *
   * @param since samples up to this second since the epoch are left out
   */
  synchronized void put(ObjectNode json, long since) {
    ArrayNode times = json.putArray("times");
    ArrayNode secondsBehind = json.putArray("seconds_behind");
    ArrayNode bytesBehind = json.putArray("bytes_behind");
    ArrayNode rows = json.putArray("rows_per_second");
    ArrayNode bytes = json.putArray("bytes_per_second");
    for (Sample sample : samples) {
      if (sample.time().getEpochSecond() > since) {
        times.add(sample.time().getEpochSecond());
        number(secondsBehind, sample.secondsBehind(), 1000);
        number(bytesBehind, sample.bytesBehind(), 1);
        number(rows, sample.rowsPerSecond(), 10);
        number(bytes, sample.bytesPerSecond(), 1);
      }
    }
  }

  /** Short numbers, because there are many; JSON has no NaN. */
  private static void number(ArrayNode list, double value, int precision) {
    if (Double.isNaN(value)) {
      list.addNull();
      return;
    }
    double rounded = Math.rint(value * precision) / precision;
    if (rounded == Math.rint(rounded)) {
      list.add((long) rounded);
    } else {
      list.add(rounded);
    }
  }

  static ObjectNode json(String group) {
    return MAPPER.createObjectNode().put("group", group);
  }
}
