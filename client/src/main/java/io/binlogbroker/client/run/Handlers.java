package io.binlogbroker.client.run;

import io.binlogbroker.client.MalformedChangeException;
import io.binlogbroker.client.SourceTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the handler of a table: the first one that matches. Any thread. */
final class Handlers {
  private final List<Handler<?>> handlers;
  private final boolean othersRefused;
  private final Map<SourceTable, Optional<Handler<?>>> byTable = new ConcurrentHashMap<>();

  Handlers(List<Handler<?>> handlers, boolean othersRefused) {
    this.handlers = List.copyOf(handlers);
    this.othersRefused = othersRefused;
  }

  /** Empty if changes of the table are to be skipped. */
  Optional<Handler<?>> of(SourceTable table) {
    return byTable.computeIfAbsent(table, this::find);
  }

  private Optional<Handler<?>> find(SourceTable table) {
    for (Handler<?> handler : handlers) {
      if (handler.isFor(table)) {
        return Optional.of(handler);
      }
    }
    if (othersRefused) {
      throw new MalformedChangeException("Expected a table with a handler but got " + table, null);
    }
    return Optional.empty();
  }
}
