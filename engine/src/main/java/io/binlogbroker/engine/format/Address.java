package io.binlogbroker.engine.format;

import io.binlogbroker.engine.format.trim.CellFinder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The destination, key and headers of a message, and the row that it is about. The arrays must not
 * be modified after construction.
 *
 * @param destination the same object for all rows of a table
 * @param key partition key bytes
 * @param headers in addition to those that every message has
 * @param tombstone whether a message without a value follows under the same key, because the row no
 *     longer exists under it
 * @param place of the row, or of the first one if the message contains several; null when it
 *     contains none
 */
public record Address(
    Destination destination,
    byte[] key,
    List<Header> headers,
    boolean tombstone,
    @Nullable RowPlace place) {
  /** The address of a message that no format wrote, or whose columns cannot be left out. */
  public static Address of(String topic, byte[] key, @Nullable RowPlace place) {
    return of(new Destination(topic, CellFinder.NONE), key, place);
  }

  public static Address of(Destination destination, byte[] key, @Nullable RowPlace place) {
    return new Address(destination, key, List.of(), false, place);
  }

  public String topic() {
    return destination.topic();
  }

  /** This address with one more header. */
  public Address with(Header header) {
    List<Header> more = Stream.concat(headers.stream(), Stream.of(header)).toList();
    return new Address(destination, key, more, tombstone, place);
  }

  /** This address with a tombstone after the message. */
  public Address withTombstone() {
    return new Address(destination, key, headers, true, place);
  }
}
