package io.binlogbroker.demo;

import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.client.SourceTable;
import io.binlogbroker.testkit.MysqlServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds the tables from the topics and compares them with the database, cell by cell. Runs on
 * the caller's thread, after the load has ended.
 */
final class Rebuild {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String COLUMNS =
      "SELECT table_schema AS db, table_name AS tab, column_name AS col, data_type AS type,"
          + " column_key = 'PRI' AS is_key FROM information_schema.columns"
          + " WHERE table_schema IN ('%s') ORDER BY table_schema, table_name, ordinal_position";

  private final MysqlServer mysql;
  private final String bootstrapServers;

  Rebuild(MysqlServer mysql, String bootstrapServers) {
    this.mysql = mysql;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Returns all differences and violations.
   *
   * @param topics the topics to read; each must exist
   * @param written the expected number of row changes
   */
  List<String> differences(Collection<String> topics, long written) {
    Map<SourceTable, List<ComparedColumn>> tables = columns();
    RebuiltTables rebuilt = new RebuiltTables(keysOf(tables));
    read(topics, rebuilt);
    List<String> differences = new ArrayList<>(rebuilt.violations(written));
    tables.forEach(
        (table, columns) -> {
          TableComparison comparison = new TableComparison(table, columns);
          differences.addAll(
              comparison.differences(mysql.query(comparison.query()), rebuilt.rows(table)));
        });
    return differences;
  }

  private void read(Collection<String> topics, RebuiltTables rebuilt) {
    Map<String, String> properties = Map.of("bootstrap.servers", bootstrapServers);
    try (ChangeReader reader =
        ChangeReader.open(properties, topics, ChangeReader.Start.BEGINNING)) {
      reader.readToEnd(LIMIT, rebuilt::accept);
    }
  }

  private Map<SourceTable, List<ComparedColumn>> columns() {
    Map<SourceTable, List<ComparedColumn>> tables = new LinkedHashMap<>();
    for (var row : mysql.query(COLUMNS.formatted(String.join("','", ShopSchema.SCHEMAS)))) {
      SourceTable table = new SourceTable(text(row, "db"), text(row, "tab"));
      ComparedColumn column =
          new ComparedColumn(text(row, "col"), text(row, "type"), text(row, "is_key").equals("1"));
      tables.computeIfAbsent(table, name -> new ArrayList<>()).add(column);
    }
    return tables;
  }

  private static String text(Map<String, @Nullable String> row, String column) {
    return Objects.requireNonNull(row.get(column), column);
  }

  private static Map<SourceTable, List<String>> keysOf(
      Map<SourceTable, List<ComparedColumn>> tables) {
    return tables.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                table ->
                    table.getValue().stream()
                        .filter(ComparedColumn::isKey)
                        .map(ComparedColumn::name)
                        .toList()));
  }
}
