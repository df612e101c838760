package io.binlogbroker.engine.schema.catalogue;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores a group's catalogue next to its position, entry by entry, for its master only. Calls may
 * block on I/O; one thread at a time. Failures are the store's own unchecked exceptions.
 */
public interface CatalogueStore {
  /** Null if the entry does not exist. */
  byte @Nullable [] read(String key);

  /** The keys that start with a prefix. */
  List<String> keys(String prefix);

  /** Stores durably, each entry atomically. */
  void write(Map<String, byte[]> entries);

  /** Removes entries; missing ones are ignored. */
  void remove(List<String> keys);
}
