package io.binlogbroker.broker.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.engine.format.Header;
import io.binlogbroker.engine.format.MessageCells;
import io.binlogbroker.engine.relay.Message;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * Makes a large message smaller and smaller: each time without one more of its columns, the largest
 * first. Its key, order and headers stay, and a header names what was left out. One thread.
 */
final class Trim implements Iterator<Message> {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Message message;
  private final MessageCells cells;
  private final Iterator<String> largest;
  private final List<String> leftOut = new ArrayList<>();

  Trim(Message message) {
    this.message = message;
    byte[] value = Objects.requireNonNull(message.value(), "A tombstone is never too large");
    this.cells = MessageCells.of(value, message.to().destination().cells());
    this.largest = cells.largest().iterator();
  }

  @Override
  public boolean hasNext() {
    return largest.hasNext();
  }

  /**
   * @throws NoSuchElementException when nothing more may be left out
   */
  @Override
  public Message next() {
    leftOut.add(largest.next());
    return new Message(
        message.to().with(new Header(Header.TRIMMED, json())), cells.without(leftOut));
  }

  /** The columns that are missing from the last message. */
  List<String> leftOut() {
    return leftOut;
  }

  private byte[] json() {
    try {
      return MAPPER.writeValueAsBytes(leftOut);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A list of strings is always JSON", e);
    }
  }
}
