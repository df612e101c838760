package io.binlogbroker.engine.format;

import io.binlogbroker.engine.format.cell.OutputBuffer;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Groups the encoded rows of one event into messages by key, in the order in which the keys first
 * appear. One thread.
 */
public final class RowGroups {
  /** Maximum size in bytes of all rows of one event that are grouped before they are written. */
  static final int LARGEST = 256 << 10;

  private final Map<ByteBuffer, RowGroup> groups = new LinkedHashMap<>();
  private @Nullable RowGroup last;
  private long bytes;

  public boolean isEmpty() {
    return groups.isEmpty();
  }

  /** Whether another row of {@code more} bytes would exceed the maximum size. */
  public boolean exceedsLimit(int more) {
    return !groups.isEmpty() && bytes + more > LARGEST;
  }

  /**
   * Adds a row.
   *
   * @param to address of the row; the message of its group has the address of the first row
   * @param old second part of the row, such as its values before an update; may be empty
   */
  public void add(Address to, OutputBuffer row, OutputBuffer old) {
    group(to).add(row, old);
    bytes += row.length() + old.length();
  }

  private RowGroup group(Address to) {
    RowGroup known = last;
    // Usually the array of an unchanged key is the same object.
    if (known == null || known.to().key() != to.key()) {
      known = groups.computeIfAbsent(ByteBuffer.wrap(to.key()), key -> new RowGroup(to));
      last = known;
    }
    return known;
  }

  /** Passes all groups to a consumer and removes them. */
  public void drain(Consumer<RowGroup> taker) {
    groups.values().forEach(taker);
    clear();
  }

  public void clear() {
    groups.clear();
    last = null;
    bytes = 0;
  }
}
