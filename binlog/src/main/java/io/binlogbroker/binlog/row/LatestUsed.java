package io.binlogbroker.binlog.row;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cache that evicts the least recently used values while the total weight exceeds a limit; the
 * latest value is always kept. One thread.
 */
public final class LatestUsed<K, V> {
  private final long maxWeight;
  private final LinkedHashMap<K, Weighed<V>> values = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  private record Weighed<V>(V value, long weight) {}

  public LatestUsed(long maxWeight) {
    this.maxWeight = maxWeight;
  }

  public @Nullable V get(K key) {
    Weighed<V> found = values.get(key);
    return found == null ? null : found.value;
  }

  /** Adds a value and evicts the least recently used ones to make room. */
  public void put(K key, V value, long valueWeight) {
    Weighed<V> before = values.put(key, new Weighed<>(value, valueWeight));
    weight += valueWeight - (before == null ? 0 : before.weight);
    while (weight > maxWeight && values.size() > 1) {
      evict(values.entrySet().iterator().next());
    }
  }

  private void evict(Map.Entry<K, Weighed<V>> eldest) {
    weight -= eldest.getValue().weight;
    values.remove(eldest.getKey());
  }

  public void clear() {
    values.clear();
    weight = 0;
  }
}
