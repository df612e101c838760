package io.binlogbroker.broker.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.Header;
import io.binlogbroker.engine.relay.Message;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

/**
 * Splits a message that is too large for its topic into pieces and creates the marker that replaces
 * it. Immutable.
 */
final class OversizePieces {
  static final String ID = "bb.oversize.id";
  static final String INDEX = "bb.oversize.index";
  static final String COUNT = "bb.oversize.count";
  static final String TOPIC = "bb.oversize.topic";
  static final String KEY = "bb.oversize.key";

  /** On the marker: the location of the pieces. */
  static final String MARKER = "bb.oversize";

  private static final int LARGEST = 900_000;
  private static final int UNKNOWN = 100_000;
  private static final int AROUND = 4_096;
  private static final int SMALLEST = 1_024;
  private static final byte[] EMPTY = new byte[0];
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Message message;
  private final byte[] value;
  private final KafkaTopic to;
  private final int size;
  private final String id = UUID.randomUUID().toString();

  /**
   * @param to the topic for the pieces
   */
  OversizePieces(Message message, KafkaTopic to) {
    this.message = message;
    this.value = Objects.requireNonNull(message.value(), "A tombstone is never too large");
    this.to = to;
    this.size = pieceSize(to, message.key().length);
  }

  private static int pieceSize(KafkaTopic to, int keyLength) {
    long limit = to.maxMessageBytes();
    long fits = (limit == KafkaTopic.UNKNOWN ? UNKNOWN : limit) - AROUND - keyLength;
    return (int) Math.max(SMALLEST, Math.min(LARGEST, fits));
  }

  int count() {
    return (value.length + size - 1) / size;
  }

  /**
   * @param index from 0
   */
  Message piece(int index) {
    Address address =
        Address.of(to.name(), bytes(id), message.place())
            .with(new Header(ID, bytes(id)))
            .with(new Header(INDEX, bytes(String.valueOf(index))))
            .with(new Header(COUNT, bytes(String.valueOf(count()))))
            .with(new Header(TOPIC, bytes(message.topic())))
            .with(new Header(KEY, message.key()));
    int from = index * size;
    return new Message(
        address, Arrays.copyOfRange(value, from, Math.min(from + size, value.length)));
  }

  /**
   * The message that replaces the large one. Its value is empty and not null, because null would
   * delete the row in a compacted topic.
   *
   * @param offset of the first piece
   */
  Message marker(int partition, long offset) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", id);
    json.put("topic", to.name());
    json.put("partition", partition);
    json.put("offset", offset);
    json.put("count", count());
    json.put("bytes", value.length);
    try {
      return new Message(
          message.to().with(new Header(MARKER, MAPPER.writeValueAsBytes(json))), EMPTY);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of strings and numbers is always JSON", e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
