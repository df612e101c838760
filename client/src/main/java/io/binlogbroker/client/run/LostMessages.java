package io.binlogbroker.client.run;

import io.binlogbroker.client.LostMessagesException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/**
 * Determines what is missing when Kafka does not have the offset of a consumer. Stateless.
 *
 * <p>Offsets without messages, which transaction markers and compaction leave, are not lost
 * messages: Kafka's consumer continues after them.
 */
public final class LostMessages {
  private LostMessages() {}

  /**
   * Queries the offsets that Kafka has instead.
   *
   * @param fix what to do, for the end of each message
   * @return one for each partition
   */
  public static List<LostMessagesException> of(
      Consumer<?, ?> consumer, OffsetOutOfRangeException failure, String fix) {
    Map<TopicPartition, Long> expected = failure.offsetOutOfRangePartitions();
    Set<TopicPartition> partitions = expected.keySet();
    Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<LostMessagesException> all = new ArrayList<>();
    expected.forEach(
        (partition, offset) -> {
          long begin = first.getOrDefault(partition, 0L);
          if (offset < begin) {
            all.add(deleted(partition, offset, begin, fix, failure));
          } else {
            long end = ends.getOrDefault(partition, 0L);
            all.add(
                replaced(
                    partition,
                    offset,
                    Math.max(begin, kept(partition, failure)),
                    end,
                    fix,
                    failure));
          }
        });
    return all;
  }

  /** The offset up to which the log is what was read; its beginning if that is unknown. */
  private static long kept(TopicPartition partition, OffsetOutOfRangeException failure) {
    if (failure instanceof LogTruncationException truncation) {
      OffsetAndMetadata divergent = truncation.divergentOffsets().get(partition);
      return divergent == null ? 0 : divergent.offset();
    }
    return 0;
  }

  private static LostMessagesException deleted(
      TopicPartition partition, long offset, long begin, String fix, Exception cause) {
    return new LostMessagesException(
        partition.topic(),
        partition.partition(),
        offset,
        begin,
        "Expected to continue at offset %d of %s, but its first message has offset %d: at most %d messages were deleted before they were read, by the topic's retention or on request. fix: %s"
            .formatted(offset, partition, begin, begin - offset, fix),
        cause);
  }

  private static LostMessagesException replaced(
      TopicPartition partition, long offset, long begin, long end, String fix, Exception cause) {
    return new LostMessagesException(
        partition.topic(),
        partition.partition(),
        offset,
        begin,
        "Expected to continue at offset %d of %s, but it now has a different log, from offset %d to %d: the topic was deleted and recreated, or Kafka lost the end of the log. The number of missing messages is unknown. fix: %s"
            .formatted(offset, partition, begin, end, fix),
        cause);
  }
}
