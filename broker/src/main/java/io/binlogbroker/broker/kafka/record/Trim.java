package io.binlogbroker.broker.kafka.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.engine.format.Header;
import io.binlogbroker.engine.format.trim.MessageCells;
import io.binlogbroker.engine.relay.Message;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * Makes a large message smaller step by step: each step removes one more column, the largest first.
 * Key, order and headers are kept, and a header names the removed columns. One thread.
 */
public final class Trim implements Iterator<Message> {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Message message;
  private final MessageCells cells;
  private final Iterator<String> largest;
  private final List<String> removed = new ArrayList<>();

  public Trim(Message message) {
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
   * @throws NoSuchElementException when no more columns can be removed
   */
  @Override
  public Message next() {
    removed.add(largest.next());
    return new Message(
        message.to().with(new Header(Header.TRIMMED, json())), cells.without(removed));
  }

  /** The columns removed from the last message. */
  public List<String> removed() {
    return removed;
  }

  private byte[] json() {
    try {
      return MAPPER.writeValueAsBytes(removed);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A list of strings is always JSON", e);
    }
  }
}
