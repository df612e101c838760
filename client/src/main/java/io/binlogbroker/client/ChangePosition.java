package io.binlogbroker.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a change is in Kafka and, if its message's format contains that, in the binary log.
 *
 * @param topic the record's topic
 * @param partition the record's partition
 * @param offset the record's offset
 * @param key the partition key as text
 * @param id the change's identity; null for {@code msgpack}, {@code canal-json}, {@code
 *     maxwell-json}
 * @param gtid of its transaction; null if there is none
 * @param committed the commit time in the source; null for {@code msgpack}
 */
public record ChangePosition(
    String topic,
    int partition,
    long offset,
    String key,
    @Nullable ChangeId id,
    @Nullable String gtid,
    @Nullable Instant committed) {

  /** Returns the position of the change in a record. */
  public static ChangePosition of(ChangeRecord record) {
    RowChange.Source source = record.change().source();
    Long millis = source.committedMillis();
    return new ChangePosition(
        record.topic(),
        record.partition(),
        record.offset(),
        record.key(),
        source.id(),
        source.gtid(),
        millis == null ? null : Instant.ofEpochMilli(millis));
  }

  @Override
  public String toString() {
    return topic + "-" + partition + " offset " + offset + (id == null ? "" : " (" + id + ")");
  }
}
