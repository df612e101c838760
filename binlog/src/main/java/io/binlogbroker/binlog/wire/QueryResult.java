package io.binlogbroker.binlog.wire;

import java.util.List;
import java.util.Optional;

/** The rows of one query, all in memory: for the small answers that set-up and checks need. */
public record QueryResult(List<String> columns, List<Row> rows) {
  public QueryResult {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** The first row, if there is any. */
  public Optional<Row> first() {
    return rows.stream().findFirst();
  }
}
