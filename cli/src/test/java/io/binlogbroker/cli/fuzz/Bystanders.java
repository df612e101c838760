package io.binlogbroker.cli.fuzz;

import io.binlogbroker.broker.fixture.TypedTable;
import io.binlogbroker.broker.fixture.TypedTables;
import io.binlogbroker.testkit.MysqlServer;
import java.util.ArrayList;
import java.util.List;

/**
 * Undelivered tables of every type, in another schema and, excluded by the black list, in the
 * delivered one. Their rows change in the transactions of delivered tables and must not be
 * delivered. One thread.
 */
final class Bystanders {
  /** The black list's entry for the delivered schema. */
  static final String LISTED = "listed_.*";

  private final List<String> tables = new ArrayList<>();

  /**
   * @param schema that is delivered
   */
  Bystanders(MysqlServer server, String schema) {
    String own = schema + "_other";
    server.execute("CREATE DATABASE " + own);
    for (TypedTable table : TypedTables.of(server.version())) {
      table.create(server, own);
      table.insert(server, own);
      tables.add(own + "." + table.name());
    }
    String listed = schema + ".listed_labels";
    server.execute(
        "CREATE TABLE " + listed + " (id INT PRIMARY KEY, e ENUM('a', 'b'), s SET('c', 'd'))",
        "INSERT INTO " + listed + " VALUES (1, 'a', 'c'), (2, NULL, 'c,d'), (3, 'b', '')");
    tables.add(listed);
  }

  /** A statement that changes some rows of one of them. */
  String change(Dice dice) {
    return "UPDATE %s SET id = id + 1000 LIMIT %d"
        .formatted(dice.oneOf(tables), dice.between(1, 3));
  }
}
