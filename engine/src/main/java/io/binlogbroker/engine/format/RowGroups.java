package io.binlogbroker.engine.format;

import io.binlogbroker.engine.format.cell.OutputBuffer;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The written rows of one event that share messages, grouped by their keys in the order in which
 * these came first. One thread.
 */
public final class RowGroups {
  /** Rows of one event share messages as long as all of them together are no larger. */
  static final int LARGEST = 256 << 10;

  private final Map<ByteBuffer, RowGroup> groups = new LinkedHashMap<>();
  private @Nullable RowGroup last;
  private long bytes;

  public boolean isEmpty() {
    return groups.isEmpty();
  }

  /** Whether a row of so many bytes would make them too large. */
  public boolean exceedsLimit(int more) {
    return !groups.isEmpty() && bytes + more > LARGEST;
  }

  /**
   * Adds a row.
   *
   * @param to where it goes; its group's message goes where the first row does
   * @param old what is told of it beside; may be empty
   */
  public void add(Address to, OutputBuffer row, OutputBuffer old) {
    group(to).add(row, old);
    bytes += row.length() + old.length();
  }

  private RowGroup group(Address to) {
    RowGroup known = last;
    // Mostly the key's array is the same object as long as the key is the same.
    if (known == null || known.to().key() != to.key()) {
      known = groups.computeIfAbsent(ByteBuffer.wrap(to.key()), key -> new RowGroup(to));
      last = known;
    }
    return known;
  }

  /** Hands out the groups, and is empty then. */
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
