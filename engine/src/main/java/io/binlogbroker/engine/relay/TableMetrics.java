package io.binlogbroker.engine.relay;

import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Counts the rows and bytes of one table by action. Belongs to the relay thread. */
final class TableMetrics {
  private final LongAdder[] rows;
  private final LongAdder[] bytes;

  TableMetrics(Metrics metrics, String schema, String table) {
    Rows.Action[] actions = Rows.Action.values();
    this.rows = new LongAdder[actions.length];
    this.bytes = new LongAdder[actions.length];
    for (Rows.Action action : actions) {
      String name = action.name().toLowerCase(Locale.ROOT);
      rows[action.ordinal()] = metrics.counter(Metric.ROWS, schema, table, name);
      bytes[action.ordinal()] = metrics.counter(Metric.BYTES, schema, table, name);
    }
  }

  LongAdder rows(Rows.Action action) {
    return rows[action.ordinal()];
  }

  LongAdder bytes(Rows.Action action) {
    return bytes[action.ordinal()];
  }
}
