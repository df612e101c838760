package io.binlogbroker.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A change with the Kafka record that contained it.
 *
 * @param topic the record's topic
 * @param partition the record's partition
 * @param offset the record's offset
 * @param key the partition key as text
 * @param half which half of a key change this is; null if it is none
 * @param otherKey the key of the other half; null if there is none
 * @param value the message's bytes, which may contain further changes
 * @param change the change itself
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
public record ChangeRecord(
    String topic,
    int partition,
    long offset,
    String key,
    @Nullable Half half,
    @Nullable String otherKey,
    byte[] value,
    RowChange change) {
  private static final JsonMapper NAMES = JsonMapper.builder().build();
  private static final String NEW_KEY = "bb.newkey";
  private static final String OLD_KEY = "bb.oldkey";
  private static final String TRIMMED = "bb.trimmed";
  private static final String DEBEZIUM_NEW_KEY = "__debezium.newkey";
  private static final String DEBEZIUM_OLD_KEY = "__debezium.oldkey";

  /** The two messages of an update that changed the row's partition key, in their order. */
  public enum Half {
    /** The delete under the old key. */
    LEAVES,
    /** The insert under the new key. */
    ARRIVES
  }

  /**
   * Reads a record that contains one change, in any of the formats.
   *
   * @throws MalformedChangeException if it does not; names the record
   */
  public static ChangeRecord of(ConsumerRecord<byte[], byte[]> record) {
    List<ChangeRecord> changes = allOf(record);
    if (changes.size() != 1) {
      throw new MalformedChangeException(
          "Expected one change but got " + changes.size() + " at " + place(record), null);
    }
    return changes.get(0);
  }

  /**
   * Reads a record in any of the formats.
   *
   * @return its changes; none for a tombstone
   * @throws MalformedChangeException if it is not a message of the broker; names the record
   */
  public static List<ChangeRecord> allOf(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      throw new MalformedChangeException("Expected a key at " + place(record), null);
    }
    if (record.value() == null) {
      return List.of();
    }
    Set<String> leftOut = leftOut(record);
    return parse(record).stream()
        .map(change -> leftOut.isEmpty() ? change : change.without(leftOut))
        .map(change -> of(record, change))
        .toList();
  }

  private static ChangeRecord of(ConsumerRecord<byte[], byte[]> record, RowChange change) {
    String newKey = header(record, NEW_KEY, DEBEZIUM_NEW_KEY);
    String oldKey = header(record, OLD_KEY, DEBEZIUM_OLD_KEY);
    return new ChangeRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        text(record.key()),
        newKey != null ? Half.LEAVES : oldKey != null ? Half.ARRIVES : null,
        newKey != null ? newKey : oldKey,
        record.value(),
        change);
  }

  private static Set<String> leftOut(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(TRIMMED);
    if (header == null) {
      return Set.of();
    }
    try {
      Set<String> names = new LinkedHashSet<>();
      for (JsonNode name : NAMES.readValue(header.value(), ArrayNode.class)) {
        names.add(name.textValue());
      }
      return names;
    } catch (IOException | RuntimeException e) {
      throw new MalformedChangeException(
          "Expected column names in the header " + TRIMMED + " at " + place(record), e);
    }
  }

  private static List<RowChange> parse(ConsumerRecord<byte[], byte[]> record) {
    try {
      return RowChange.parseAll(record.value());
    } catch (MalformedChangeException e) {
      throw new MalformedChangeException(e.getMessage() + ", at " + place(record), e);
    }
  }

  private static String place(ConsumerRecord<?, ?> record) {
    return record.topic() + "-" + record.partition() + " offset " + record.offset();
  }

  private static @Nullable String header(
      ConsumerRecord<?, ?> record, String name, String debeziumName) {
    Header header = record.headers().lastHeader(name);
    if (header == null) {
      header = record.headers().lastHeader(debeziumName);
    }
    if (header != null && header.value() == null) {
      throw new MalformedChangeException(
          "Expected a key in the header " + header.key() + " at " + place(record), null);
    }
    return header == null ? null : text(header.value());
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return change.source().id() + " in " + topic + "-" + partition + " offset " + offset;
  }
}
