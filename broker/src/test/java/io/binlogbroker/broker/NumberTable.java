package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.ChangeId;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.Replay;
import io.binlogbroker.client.SourceTable;
import io.binlogbroker.testkit.MysqlServer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A table {@code t} with the columns {@code id} and {@code n}, in a schema of its own, and what its
 * changes must make of it.
 */
public record NumberTable(MysqlServer mysql, String schema) {
  public static NumberTable create(MysqlServer mysql, String schema) {
    return create(mysql, schema, "InnoDB");
  }

  public static NumberTable create(MysqlServer mysql, String schema, String engine) {
    mysql.execute(
        "CREATE DATABASE IF NOT EXISTS " + schema,
        "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, n INT) ENGINE=" + engine);
    return new NumberTable(mysql, schema);
  }

  /** A statement that inserts a row for each id. */
  public String insert(int... ids) {
    StringBuilder sql = new StringBuilder("INSERT INTO " + schema + ".t VALUES ");
    for (int i = 0; i < ids.length; i++) {
      sql.append(i == 0 ? "(" : ",(").append(ids[i]).append(",1)");
    }
    return sql.toString();
  }

  /** Each change came once, in order, and together they are what the server has. */
  public void verify(List<ChangeRecord> changes) {
    verify(changes, "t");
  }

  /** The same of another table of the schema that has these columns. */
  public void verify(List<ChangeRecord> changes, String table) {
    List<ChangeId> ids = changes.stream().map(c -> c.change().source().id()).toList();
    assertThat(ids).doesNotHaveDuplicates().isSorted();
    SourceTable name = new SourceTable(schema, table);
    Replay replay = new Replay(Map.of(name, List.of("id")));
    changes.forEach(replay::accept);
    assertThat(replay.finish()).isEmpty();
    Map<Integer, Integer> rows = new TreeMap<>();
    replay
        .rows(name)
        .values()
        .forEach(row -> rows.put(number(row.get("id")), number(row.get("n"))));
    assertThat(rows).isEqualTo(selected(table));
  }

  private static Integer number(JsonNode cell) {
    return Objects.requireNonNull(cell).intValue();
  }

  private Map<Integer, Integer> selected(String table) {
    Map<Integer, Integer> rows = new TreeMap<>();
    mysql
        .query("SELECT id, n FROM " + schema + "." + table)
        .forEach(
            row ->
                rows.put(Integer.valueOf("" + row.get("id")), Integer.valueOf("" + row.get("n"))));
    return rows;
  }
}
