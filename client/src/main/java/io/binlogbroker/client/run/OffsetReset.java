package io.binlogbroker.client.run;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Determines where to start in partitions for which the group has committed nothing, according to
 * {@code auto.offset.reset}. Belongs to the polling thread.
 *
 * <p>Partitions that are added while the consumer runs are always read from the beginning: {@code
 * latest} would skip the messages that arrived before the consumer noticed the partition.
 */
final class OffsetReset {
  private static final String BY_DURATION = "by_duration:";

  private final String reset;
  private final Duration back;
  private final Set<TopicPartition> started = new HashSet<>();
  private final Map<String, Integer> partitionsAtStart = new HashMap<>();

  private OffsetReset(String reset, Duration back) {
    this.reset = reset;
    this.back = back;
  }

  /**
   * Parses the value of {@code auto.offset.reset}.
   *
   * @throws IllegalArgumentException if it is invalid
   */
  static OffsetReset of(String reset) {
    if (Set.of("earliest", "latest", "none").contains(reset)) {
      return new OffsetReset(reset, Duration.ZERO);
    }
    try {
      if (reset.startsWith(BY_DURATION)) {
        return new OffsetReset(reset, Duration.parse(reset.substring(BY_DURATION.length())));
      }
    } catch (DateTimeParseException e) {
      throw unknown(reset, e);
    }
    throw unknown(reset, null);
  }

  private static IllegalArgumentException unknown(String reset, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "Expected "
            + ConsumerConfig.AUTO_OFFSET_RESET_CONFIG
            + " to be earliest, latest, none or by_duration:PT1H, but got "
            + reset,
        cause);
  }

  /** Records the existing partitions, before the first poll. */
  void start(Consumer<?, ?> consumer) {
    if (!reset.equals("earliest") && !reset.equals("none")) {
      consumer
          .listTopics()
          .forEach((topic, partitions) -> partitionsAtStart.put(topic, partitions.size()));
    }
  }

  /**
   * The offsets to start at.
   *
   * @throws NoOffsetForPartitionException if the setting is {@code none}
   */
  Map<TopicPartition, Long> offsets(Consumer<?, ?> consumer, Collection<TopicPartition> wanted) {
    if (reset.equals("none")) {
      throw new NoOffsetForPartitionException(wanted);
    }
    Set<TopicPartition> old = wanted.stream().filter(this::wasAtStart).collect(Collectors.toSet());
    Set<TopicPartition> added = new HashSet<>(wanted);
    added.removeAll(old);
    started.addAll(wanted);
    Map<TopicPartition, Long> offsets = new HashMap<>(consumer.beginningOffsets(added));
    offsets.putAll(chosen(consumer, old));
    return offsets;
  }

  private boolean wasAtStart(TopicPartition partition) {
    int known = partitionsAtStart.getOrDefault(partition.topic(), 0);
    return partition.partition() < known && !started.contains(partition);
  }

  private Map<TopicPartition, Long> chosen(Consumer<?, ?> consumer, Set<TopicPartition> old) {
    if (old.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(old);
    if (reset.equals("latest")) {
      return ends;
    }
    long since = System.currentTimeMillis() - back.toMillis();
    Map<TopicPartition, OffsetAndTimestamp> found =
        consumer.offsetsForTimes(old.stream().collect(Collectors.toMap(p -> p, p -> since)));
    ToLongFunction<TopicPartition> offset =
        p -> found.get(p) == null ? ends.getOrDefault(p, 0L) : found.get(p).offset();
    return old.stream().collect(Collectors.toMap(p -> p, offset::applyAsLong));
  }
}
