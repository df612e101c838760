package io.binlogbroker.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a change lies: in Kafka, and as far as its message's format tells it, in the binary log.
 *
 * @param key the partition key's text
 * @param id the change's identity; null for {@code msgpack}, {@code canal-json}, {@code
 *     maxwell-json}
 * @param gtid of its transaction; null where there is none
 * @param committed when the source committed it; null for {@code msgpack}
 */
public record ChangePosition(
    String topic,
    int partition,
    long offset,
    String key,
    @Nullable ChangeId id,
    @Nullable String gtid,
    @Nullable Instant committed) {

  /** Takes what a record and its change tell. */
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
