package io.binlogbroker.engine.relay;

import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.engine.metrics.Counter;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import java.util.Locale;

/** Counts the rows and bytes of one table by action. Belongs to the relay thread. */
final class TableMetrics {
  private final Counter[] rows;
  private final Counter[] bytes;

  TableMetrics(Metrics metrics, String schema, String table) {
    Rows.Action[] actions = Rows.Action.values();
    this.rows = new Counter[actions.length];
    this.bytes = new Counter[actions.length];
    for (Rows.Action action : actions) {
      String name = action.name().toLowerCase(Locale.ROOT);
      rows[action.ordinal()] = metrics.counter(Metric.ROWS, schema, table, name);
      bytes[action.ordinal()] = metrics.counter(Metric.BYTES, schema, table, name);
    }
  }

  Counter rows(Rows.Action action) {
    return rows[action.ordinal()];
  }

  Counter bytes(Rows.Action action) {
    return bytes[action.ordinal()];
  }
}
