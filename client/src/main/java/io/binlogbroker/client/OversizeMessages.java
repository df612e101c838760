package io.binlogbroker.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reassembles messages that were too large for their topic: the broker sends them to {@code
 * <topic>.oversize} in pieces, and a marker to the topic itself. Any thread, one at a time.
 */
public final class OversizeMessages implements AutoCloseable {
  private static final String MARKER = "bb.oversize";
  private static final String ID = "bb.oversize.id";
  private static final String INDEX = "bb.oversize.index";
  private static final Duration STEP = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Supplier<Consumer<byte[], byte[]>> opener;
  private @Nullable Consumer<byte[], byte[]> consumer;

  /** Where the pieces are, according to the marker. */
  private record Marker(String id, TopicPartition partition, long offset, int count, int bytes) {}

  OversizeMessages(Supplier<Consumer<byte[], byte[]>> opener) {
    this.opener = opener;
  }

  /**
   * Opens a reader of the pieces, which connects to Kafka when the first marker arrives.
   *
   * @param properties of a consumer; those for servers and security are used
   */
  public static OversizeMessages of(Map<String, ?> properties) {
    return new OversizeMessages(() -> open(properties));
  }

  private static Consumer<byte[], byte[]> open(Map<String, ?> properties) {
    Map<String, Object> all = new HashMap<>();
    properties.forEach(
        (name, value) -> {
          boolean isCommon =
              name.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
                  || name.startsWith("security.")
                  || name.startsWith("ssl.")
                  || name.startsWith("sasl.");
          if (isCommon) {
            all.put(name, value);
          }
        });
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(all, bytes, bytes);
  }

  /**
   * Returns the record with its complete value: the same record unless it is a marker.
   *
   * @throws MalformedChangeException if pieces are missing
   */
  public synchronized ConsumerRecord<byte[], byte[]> whole(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(MARKER);
    if (header == null) {
      return record;
    }
    Marker marker = marker(record, header);
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        TimestampType.CREATE_TIME,
        record.serializedKeySize(),
        marker.bytes,
        record.key(),
        value(record, marker),
        record.headers(),
        Optional.empty());
  }

  private static Marker marker(ConsumerRecord<?, ?> record, Header header) {
    try {
      JsonNode json = MAPPER.readTree(header.value());
      return new Marker(
          Objects.requireNonNull(json.required("id").textValue()),
          new TopicPartition(
              Objects.requireNonNull(json.required("topic").textValue()),
              Math.toIntExact(number(json, "partition"))),
          number(json, "offset"),
          Math.toIntExact(number(json, "count")),
          Math.toIntExact(number(json, "bytes")));
    } catch (IOException | RuntimeException e) { // Anything that the broker does not write.
      throw new MalformedChangeException(
          "Expected the location of the pieces in the header " + MARKER + " at " + place(record),
          e);
    }
  }

  private static long number(JsonNode json, String name) {
    JsonNode number = json.required(name);
    if (!number.canConvertToLong() || number.longValue() < 0) {
      throw new IllegalArgumentException("Expected a number of 0 or more for " + name);
    }
    return number.longValue();
  }

  /** Allocates memory for the pieces that arrived, not for the size in the marker. */
  private byte[] value(ConsumerRecord<?, ?> record, Marker marker) {
    Collection<byte[]> pieces = pieces(record, marker).values();
    if (pieces.stream().mapToLong(piece -> piece.length).sum() != marker.bytes) {
      throw incomplete(record, marker, null);
    }
    byte[] value = new byte[marker.bytes];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, value, at, piece.length);
      at += piece.length;
    }
    return value;
  }

  private Map<Integer, byte[]> pieces(ConsumerRecord<?, ?> record, Marker marker) {
    Consumer<byte[], byte[]> reading = consumer();
    TopicPartition partition = marker.partition;
    Map<Integer, byte[]> pieces = new TreeMap<>();
    try {
      reading.assign(List.of(partition));
      reading.seek(partition, marker.offset);
      long end = reading.endOffsets(reading.assignment()).getOrDefault(partition, 0L);
      long started = System.nanoTime();
      while (pieces.size() < marker.count) {
        boolean isLate = System.nanoTime() - started > LIMIT.toNanos();
        if (isLate || reading.position(partition) >= end) {
          throw incomplete(record, marker, null);
        }
        reading.poll(STEP).forEach(piece -> take(piece, marker.id, pieces));
      }
      return pieces;
    } catch (OffsetOutOfRangeException | InvalidTopicException | NumberFormatException e) {
      throw incomplete(record, marker, e);
    }
  }

  private static void take(
      ConsumerRecord<byte[], byte[]> piece, String id, Map<Integer, byte[]> pieces) {
    Header of = piece.headers().lastHeader(ID);
    Header index = piece.headers().lastHeader(INDEX);
    if (of != null && index != null && piece.value() != null && id.equals(text(of))) {
      pieces.put(Integer.valueOf(text(index)), piece.value());
    }
  }

  private static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static MalformedChangeException incomplete(
      ConsumerRecord<?, ?> record, Marker marker, @Nullable Exception cause) {
    return new MalformedChangeException(
        "Expected %d pieces with %d bytes in total in %s from offset %d for the large message at %s, but pieces are missing: the topic must keep them as long as the markers"
            .formatted(marker.count, marker.bytes, marker.partition, marker.offset, place(record)),
        cause);
  }

  private static String place(ConsumerRecord<?, ?> record) {
    return record.topic() + "-" + record.partition() + " offset " + record.offset();
  }

  private Consumer<byte[], byte[]> consumer() {
    Consumer<byte[], byte[]> open = consumer;
    if (open == null) {
      open = opener.get();
      consumer = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (consumer != null) {
      consumer.close();
    }
  }
}
