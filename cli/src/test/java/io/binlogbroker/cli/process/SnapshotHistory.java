package io.binlogbroker.cli.process;

import io.binlogbroker.engine.snapshot.SnapshotState;
import io.binlogbroker.engine.snapshot.SnapshotState.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The states of the snapshot of a {@link CopiedTable} that were committed to Kafka. One thread. */
final class SnapshotHistory implements AutoCloseable {
  private static final String KEY = Shop.GROUP + " snapshot " + CopiedTable.FULL_NAME;
  private static final Duration POLL = Duration.ofMillis(100);

  private final TopicPartition positions = new TopicPartition("binlogbroker.positions", 0);
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<SnapshotState> states = new ArrayList<>();

  /** The positions topic must exist. */
  SnapshotHistory(Shop shop) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                shop.kafka().bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(List.of(positions));
    consumer.seekToBeginning(List.of(positions));
  }

  /** All states until now, in their order; compaction may have removed older ones. */
  List<SnapshotState> states() {
    long end = consumer.endOffsets(List.of(positions)).get(positions);
    while (consumer.position(positions) < end) {
      consumer.poll(POLL).forEach(this::take);
    }
    return states;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (new String(record.key(), StandardCharsets.UTF_8).equals(KEY)) {
      try {
        states.add(SnapshotState.of(record.value()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The number of rows that were read and committed, delivered or not. */
  long read() {
    List<SnapshotState> known = states();
    return known.isEmpty() ? 0 : read(last(known));
  }

  SnapshotState last() {
    return last(states());
  }

  private static SnapshotState last(List<SnapshotState> known) {
    return known.get(known.size() - 1);
  }

  /** The size of the largest chunk whose state was committed. */
  long largestChunk() {
    long largest = 0;
    long before = 0;
    for (SnapshotState state : states()) {
      largest = Math.max(largest, read(state) - before);
      before = read(state);
    }
    return largest;
  }

  private static long read(SnapshotState state) {
    return state.rows() + state.skipped();
  }

  /** Waits until this number of rows is read; the snapshot must still be in progress then. */
  void awaitReading(long rows) {
    BrokerPair.await("a snapshot of " + rows + " rows", () -> read() >= rows || hasEnded());
    if (hasEnded()) {
      throw new AssertionError(
          "Expected a snapshot of %d rows in progress, got %s with %d"
              .formatted(rows, last().status(), read()));
    }
  }

  void awaitComplete() {
    BrokerPair.await("a complete snapshot", this::hasEnded);
    if (!last().isComplete()) {
      throw new AssertionError("Expected a complete snapshot, got " + last().reason());
    }
  }

  private boolean hasEnded() {
    return !states().isEmpty() && last().status() != Status.READING;
  }

  /** Where a state follows that a snapshot which continues cannot have. */
  List<String> setbacks() {
    List<String> setbacks = new ArrayList<>();
    SnapshotState before = null;
    for (SnapshotState state : states()) {
      if (before != null
          && (state.started() != before.started()
              || state.rows() < before.rows()
              || state.skipped() < before.skipped())) {
        setbacks.add(
            "%d rows and %d skipped of the snapshot from %d follow %d and %d of that from %d"
                .formatted(
                    state.rows(),
                    state.skipped(),
                    state.started(),
                    before.rows(),
                    before.skipped(),
                    before.started()));
      }
      before = state;
    }
    return setbacks;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
