package io.binlogbroker.binlog.row;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was used last: as much of it as weighs no more than a limit, and the very last in any
 * case. One thread.
 */
public final class LatestUsed<K, V> {
  private final long mostWeight;
  private final LinkedHashMap<K, Weighed<V>> values = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  private record Weighed<V>(V value, long weight) {}

  public LatestUsed(long mostWeight) {
    this.mostWeight = mostWeight;
  }

  public @Nullable V get(K key) {
    Weighed<V> found = values.get(key);
    return found == null ? null : found.value;
  }

  /** Keeps a value, and forgets those that were not used for the longest time to make room. */
  public void put(K key, V value, long itsWeight) {
    Weighed<V> before = values.put(key, new Weighed<>(value, itsWeight));
    weight += itsWeight - (before == null ? 0 : before.weight);
    while (weight > mostWeight && values.size() > 1) {
      forget(values.entrySet().iterator().next());
    }
  }

  private void forget(Map.Entry<K, Weighed<V>> eldest) {
    weight -= eldest.getValue().weight;
    values.remove(eldest.getKey());
  }

  public void clear() {
    values.clear();
    weight = 0;
  }
}
