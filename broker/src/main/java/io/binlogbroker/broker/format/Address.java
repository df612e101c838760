package io.binlogbroker.broker.format;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the message of a row goes, and which row it is. Whoever takes the arrays never writes them
 * again.
 *
 * @param topic where it goes
 * @param key partition key bytes
 * @param headers beside those that every message has
 * @param place of the row; of the first one where a message tells of several; null when of none
 */
public record Address(String topic, byte[] key, List<Header> headers, @Nullable RowPlace place) {
  public static Address of(String topic, byte[] key, @Nullable RowPlace place) {
    return new Address(topic, key, List.of(), place);
  }

  /** The same with one more header. */
  public Address with(Header header) {
    List<Header> more = Stream.concat(headers.stream(), Stream.of(header)).toList();
    return new Address(topic, key, more, place);
  }
}
