package io.binlogbroker.binlog.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Replays the captured logs of real servers and compares the tables with the results of SELECT. */
class CapturedRowsTest {
  private final Map<String, Map<String, Map<Integer, String>>> tables = new TreeMap<>();
  private final Map<String, RowPlan> plans = new TreeMap<>();
  private final ServerTextSink sink = new ServerTextSink();
  private final List<String> faults = new ArrayList<>();
  private int otherCells;

  @Test
  void cellsOfMysqlMatchSelect() {
    ExpectedTables expected = ExpectedTables.of("my80p");

    replay("my80p", expected);

    assertThat(compare(expected)).isEqualTo(Map.of("tables", 11, "rows", 68, "cells", 696));
    assertThat(faults).isEmpty();
    assertThat(otherCells).isEqualTo(238);
  }

  @Test
  void cellsOfMariadbMatchSelect() {
    ExpectedTables expected = ExpectedTables.of("ma114");

    replay("ma114", expected);

    assertThat(compare(expected)).isEqualTo(Map.of("tables", 12, "rows", 51, "cells", 697));
    assertThat(faults).isEmpty();
    assertThat(otherCells).isEqualTo(179);
  }

  private void replay(String capture, ExpectedTables expected) {
    BinlogRows rows =
        new BinlogRows(expected, (plan, column) -> faults.add(column.name()), 64 << 20);
    Capture.named(capture)
        .forEach(
            (event, table) -> {
              rows.open(event.body(), event.type(), table);
              if (expected.names().contains(table.table())) {
                apply(rows, table);
              } else {
                decode(rows);
              }
            });
  }

  /** Decodes rows of tables that were dropped before the SELECT. */
  private void decode(BinlogRows rows) {
    while (rows.next()) {
      if (rows.action() != Rows.Action.INSERT) {
        rows.before().cells(sink);
        otherCells += sink.take().size();
      }
      if (rows.action() != Rows.Action.DELETE) {
        rows.after().cells(sink);
        otherCells += sink.take().size();
      }
    }
  }

  private void apply(BinlogRows rows, TableMap map) {
    plans.put(map.table(), rows.plan());
    Map<String, Map<Integer, String>> table =
        tables.computeIfAbsent(map.table(), name -> new TreeMap<>());
    while (rows.next()) {
      Map<Integer, String> row = new TreeMap<>();
      if (rows.action() != Rows.Action.INSERT) {
        rows.before().cells(sink);
        Map<Integer, String> old = table.remove(sink.take().get(0));
        assertThat(old).as("row before in %s", map).isNotNull();
        row.putAll(old);
      }
      if (rows.action() != Rows.Action.DELETE) {
        rows.after().cells(sink);
        row.putAll(sink.take());
        assertThat(table.put(row.get(0), row)).isNull();
      }
    }
  }

  private Map<String, Integer> compare(ExpectedTables expected) {
    int rows = 0;
    int cells = 0;
    for (String table : expected.names()) {
      JsonNode expectedRows = expected.rows(table);
      assertThat(tables.get(table)).as(table).hasSize(expectedRows.size());
      for (JsonNode row : expectedRows) {
        cells += compareRow(table, expected.columns(table), row);
        rows++;
      }
    }
    return Map.of("tables", expected.names().size(), "rows", rows, "cells", cells);
  }

  private int compareRow(String table, JsonNode columns, JsonNode row) {
    String id = row.get(0).asText();
    Map<Integer, String> got = tables.get(table).get(id);
    List<Column> plan = plans.get(table).columns();
    assertThat(got).as("%s %s", table, id).hasSize(columns.size());
    assertThat(plan).hasSize(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      String declared = columns.get(i).get("type").asText();
      assertThat(plan.get(i).name()).isEqualTo(columns.get(i).get("name").asText());
      assertThat(got.get(i))
          .as("%s %s %s %s", table, id, plan.get(i).name(), declared)
          .isEqualTo(ExpectedTables.expected(row.get(i), declared, plan.get(i).type()));
    }
    return columns.size();
  }
}
