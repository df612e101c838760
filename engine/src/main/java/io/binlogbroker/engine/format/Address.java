package io.binlogbroker.engine.format;

import io.binlogbroker.engine.format.trim.CellFinder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the message of a row goes, and which row it is. Whoever takes the arrays never writes them
 * again.
 *
 * @param destination the same object for all rows of a table
 * @param key partition key bytes
 * @param headers beside those that every message has
 * @param tombstone whether a message without a value follows under the same key, since its row is
 *     no longer there
 * @param place of the row; of the first one where a message tells of several; null when of none
 */
public record Address(
    Destination destination,
    byte[] key,
    List<Header> headers,
    boolean tombstone,
    @Nullable RowPlace place) {
  /** Of a message that none of the formats wrote, or whose columns are not left out. */
  public static Address of(String topic, byte[] key, @Nullable RowPlace place) {
    return of(new Destination(topic, CellFinder.NONE), key, place);
  }

  public static Address of(Destination destination, byte[] key, @Nullable RowPlace place) {
    return new Address(destination, key, List.of(), false, place);
  }

  public String topic() {
    return destination.topic();
  }

  /** The same with one more header. */
  public Address with(Header header) {
    List<Header> more = Stream.concat(headers.stream(), Stream.of(header)).toList();
    return new Address(destination, key, more, tombstone, place);
  }

  /** The same with a tombstone behind it. */
  public Address withTombstone() {
    return new Address(destination, key, headers, true, place);
  }
}
