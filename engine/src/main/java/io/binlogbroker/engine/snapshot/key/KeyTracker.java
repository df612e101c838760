package io.binlogbroker.engine.snapshot.key;

import java.util.HashSet;
import java.util.Set;

/**
 * The keys of the rows of one table that the stream has delivered since a position: a row that a
 * snapshot read must not be delivered behind a change of it. Bounded; relay thread.
 *
 * <p>The keys are in two generations. When the newer one is full, the older one is forgotten: then
 * only chunks may be delivered that were read after the newer one began.
 */
public final class KeyTracker {
  private final long maxBytes;
  private Set<RowKey> older = new HashSet<>();
  private Set<RowKey> newer = new HashSet<>();
  private long newerBytes;
  private int generation;

  /**
   * @param maxBytes memory for all keys, about
   */
  public KeyTracker(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The stream has delivered a row with this key, or a change that removed it. */
  public void add(RowKey key) {
    if (newer.add(key)) {
      newerBytes += key.size();
    }
  }

  /** Whether no key is remembered. */
  public boolean isEmpty() {
    return newer.isEmpty() && older.isEmpty();
  }

  /** Whether the stream has delivered a row with this key, as far as that is remembered. */
  public boolean contains(RowKey key) {
    return newer.contains(key) || older.contains(key);
  }

  /** Whether a new generation must begin, at the next boundary between transactions. */
  public boolean isFull() {
    return newerBytes > maxBytes / 2;
  }

  /** Forgets the older keys. */
  public void beginGeneration() {
    older = newer;
    newer = new HashSet<>();
    newerBytes = 0;
    generation++;
  }

  /** The number of the newer generation, from 0. */
  public int generation() {
    return generation;
  }

  /** Whether all keys since the beginning of a generation are remembered. */
  public boolean remembers(int since) {
    return since >= generation - 1;
  }
}
