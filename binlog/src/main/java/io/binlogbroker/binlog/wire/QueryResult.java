package io.binlogbroker.binlog.wire;

import java.util.List;
import java.util.Optional;

/** The rows of one query, all in memory: for small results. */
public record QueryResult(List<String> columns, List<Row> rows) {
  public QueryResult {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** The first row, if any. */
  public Optional<Row> first() {
    return rows.stream().findFirst();
  }
}
