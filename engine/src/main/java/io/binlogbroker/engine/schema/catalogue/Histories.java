package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.engine.model.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The histories of tables, loaded from the store on first use. Relay thread. */
final class Histories {
  private static final Logger log = LoggerFactory.getLogger(Histories.class);
  private static final int MAX_CACHED = 2_000;

  private final CatalogueStore store;
  private final Map<TableName, TableHistory> cache =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TableName, TableHistory> eldest) {
          return size() > MAX_CACHED;
        }
      };

  Histories(CatalogueStore store) {
    this.store = store;
  }

  TableHistory of(TableName name) {
    return cache.computeIfAbsent(name, this::load);
  }

  /** Whether {@link #of} does not need the store. */
  boolean isCached(TableName name) {
    return cache.containsKey(name);
  }

  private TableHistory load(TableName name) {
    String key = Keys.of(name);
    byte[] stored = store.read(key);
    return stored == null ? TableHistory.NONE : history(stored, key);
  }

  /** An unknown table is read from the server if the result is certain. */
  private static TableHistory history(byte[] stored, String key) {
    try {
      return CatalogueJson.history(stored, key);
    } catch (DamagedEntryException e) {
      log.warn("The catalogue's entry {} is damaged; its table is read again", key, e);
      return TableHistory.NONE;
    }
  }

  List<TableName> ofSchema(String schema) {
    return store.keys(Keys.ofSchema(schema)).stream().map(Keys::table).toList();
  }

  List<TableName> all() {
    return store.keys(Keys.TABLES).stream().map(Keys::table).toList();
  }

  /** Stored before they are cached, so that a failed save has no effect. */
  void save(Map<TableName, TableHistory> changed, CatalogueHead head) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(Keys.HEAD, CatalogueJson.write(head));
    changed.forEach((name, history) -> entries.put(Keys.of(name), CatalogueJson.write(history)));
    store.write(entries);
    cache.putAll(changed);
  }

  boolean isEmpty() {
    return store.keys(Keys.TABLES).isEmpty();
  }

  void clear() {
    store.remove(store.keys(Keys.TABLES));
    cache.clear();
  }
}
