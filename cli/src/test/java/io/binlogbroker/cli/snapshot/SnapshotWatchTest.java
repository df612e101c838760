package io.binlogbroker.cli.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.snapshot.SnapshotState;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SnapshotWatchTest {
  private final SnapshotWatch watch = new SnapshotWatch(System.out, List::of);

  private static SnapshotState state(long rows, long estimate) throws IOException {
    String json =
        "{\"schema\":\"d\",\"table\":\"t\",\"status\":\"READING\",\"rows\":%d,\"estimate\":%d,\"ranges\":[]}";
    return SnapshotState.of(json.formatted(rows, estimate).getBytes(UTF_8));
  }

  @Test
  void rateAndTimeLeftAreThoseOfTheLastSamples() throws IOException {
    assertThat(watch.line(List.of(state(0, 4_000_000)), 0))
        .isEqualTo("[------------------------] 0 %  0 rows  d.t");

    String line = watch.line(List.of(state(1_000_000, 4_000_000)), TimeUnit.SECONDS.toNanos(10));

    assertThat(line)
        .isEqualTo(
            "[######------------------] 25 %  1,000,000 rows, 100,000 rows/s, about 30 s left  d.t");
  }

  @Test
  void withoutAnEstimateThereIsNoTimeLeft() throws IOException {
    watch.line(List.of(state(0, -1)), 0);

    assertThat(watch.line(List.of(state(500, -1)), TimeUnit.SECONDS.toNanos(1)))
        .isEqualTo("[------------------------] of an unknown number  500 rows, 500 rows/s  d.t");
  }

  /** The server's estimates may be too low. */
  @Test
  void moreRowsThanEstimatedAreAllOfThem() throws IOException {
    assertThat(watch.line(List.of(state(200, 100)), 0))
        .startsWith("[########################] 100 %");
  }
}
