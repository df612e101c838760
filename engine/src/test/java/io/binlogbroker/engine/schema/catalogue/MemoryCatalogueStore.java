package io.binlogbroker.engine.schema.catalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store in memory. */
public final class MemoryCatalogueStore implements CatalogueStore {
  private final Map<String, byte[]> entries = new HashMap<>();

  /** The number of reads of entries and keys. */
  int questions;

  @Override
  public byte @Nullable [] read(String key) {
    questions++;
    return entries.get(key);
  }

  @Override
  public List<String> keys(String prefix) {
    questions++;
    return entries.keySet().stream().filter(key -> key.startsWith(prefix)).sorted().toList();
  }

  @Override
  public void write(Map<String, byte[]> written) {
    entries.putAll(written);
  }

  @Override
  public void remove(List<String> keys) {
    keys.forEach(entries::remove);
  }
}
