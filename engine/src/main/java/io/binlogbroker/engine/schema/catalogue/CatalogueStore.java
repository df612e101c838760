package io.binlogbroker.engine.schema.catalogue;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a group's catalogue beside its position, entry by entry, for its master alone. Calls may
 * block on I/O; one thread at a time. Failures come as the store's own unchecked exceptions.
 */
public interface CatalogueStore {
  /** Null when there is no such entry. */
  byte @Nullable [] read(String key);

  /** The entries whose keys begin so. */
  List<String> keys(String prefix);

  /** Stores durably, each entry whole. */
  void write(Map<String, byte[]> entries);

  /** Removes entries; those that are not there are no fault. */
  void remove(List<String> keys);
}
