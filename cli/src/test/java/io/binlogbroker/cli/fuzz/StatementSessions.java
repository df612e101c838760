package io.binlogbroker.cli.fuzz;

import io.binlogbroker.testkit.MysqlServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Sessions that log statements instead of rows. They change rows of an undelivered schema and of
 * temporary tables, and rows of delivered tables only if the server logs those as rows. One thread.
 */
final class StatementSessions {
  private static final String UNDELIVERED = "_stmt";

  private final MysqlServer server;
  private final Dice dice;
  private final String schema;
  private final String other;
  private int changes;

  /**
   * @param schema that is delivered
   */
  StatementSessions(MysqlServer server, String schema, Dice dice) {
    this.server = server;
    this.dice = dice;
    this.schema = schema;
    this.other = schema + UNDELIVERED;
    server.execute(
        "CREATE DATABASE " + other,
        "CREATE TABLE " + other + ".a (id INT AUTO_INCREMENT PRIMARY KEY, n INT, s TEXT)",
        "CREATE TABLE " + other + ".b (id INT AUTO_INCREMENT PRIMARY KEY, n INT, s TEXT)");
  }

  /** Several statements in a separate session. */
  void changeRows(RandomTable delivered) throws SQLException {
    boolean mixed = dice.chance(40);
    try (Connection connection = open(mixed);
        Statement session = connection.createStatement()) {
      session.execute("USE " + dice.oneOf(schema, other));
      boolean together = dice.chance(40);
      accepts(session, together ? "BEGIN" : "DO 1");
      int logged = 0;
      for (int more = dice.between(1, 4); more > 0; more--) {
        logged += accepts(session, change()) ? 1 : 0;
        if (mixed && delivered.transactional() && dice.chance(50)) {
          accepts(session, loggedAsRows(delivered));
        }
      }
      boolean undone = together && dice.chance(20);
      accepts(session, undone ? "ROLLBACK" : "COMMIT");
      changes += undone || mixed ? 0 : logged;
      if (dice.chance(40)) {
        useTemporary(session, dice.chance(50) ? delivered.path() : schema + ".tmp");
      }
    }
  }

  /** DDL without rows is logged as a statement in any format. */
  boolean acceptsDdl(String sql) throws SQLException {
    try (Connection connection = open(dice.chance(40));
        Statement session = connection.createStatement()) {
      session.execute("USE " + dice.oneOf(schema, other));
      return accepts(session, sql);
    }
  }

  /** The minimum number of row changes logged as statements. */
  int changes() {
    return changes;
  }

  void drop() {
    server.execute("DROP DATABASE " + other);
  }

  private Connection open(boolean mixed) throws SQLException {
    Connection connection = server.connect();
    try (Statement session = connection.createStatement()) {
      session.execute("SET SESSION sql_mode = ''");
      session.execute("SET SESSION binlog_format = '" + (mixed ? "MIXED" : "STATEMENT") + "'");
    }
    return connection;
  }

  private String change() {
    String table = other + dice.oneOf(".a", ".b");
    String n = "" + dice.below(9);
    return switch (dice.below(6)) {
      case 0, 1 -> "INSERT INTO " + table + " (n, s) VALUES (" + n + ", 'x'), (1, '订')";
      case 2 -> "UPDATE " + table + " SET n = n + 1, s = 'ALTER TABLE' WHERE n = " + n;
      case 3 -> "DELETE FROM " + table + " WHERE n = " + n;
      case 4 -> "/* c */ REPLACE INTO " + table + " (id, n) VALUES (" + n + ", 1)";
      default -> "INSERT INTO " + other + ".a (n, s) SELECT n, s FROM " + other + ".b LIMIT 5";
    };
  }

  /** An unsafe statement, which MIXED logs as rows. */
  private String loggedAsRows(RandomTable table) {
    return "DELETE FROM " + table.path() + " WHERE UUID() IS NOT NULL LIMIT " + dice.between(1, 2);
  }

  /**
   * A temporary table that hides the delivered table of the same name, possibly until the session
   * ends.
   */
  private void useTemporary(Statement session, String path) {
    List<String> statements = new ArrayList<>();
    statements.add("CREATE TEMPORARY TABLE " + path + " (id INT, n INT)");
    statements.add("ALTER TABLE " + path + " ADD more INT, DROP n");
    statements.add("TRUNCATE TABLE " + path);
    if (dice.chance(50)) {
      statements.add("DROP TEMPORARY TABLE " + path);
    }
    if (accepts(session, statements.get(0))) {
      statements.subList(1, statements.size()).forEach(sql -> accepts(session, sql));
    }
  }

  private static boolean accepts(Statement session, String sql) {
    try {
      session.execute(sql);
      return true;
    } catch (SQLException e) {
      if (e.getSQLState() != null && e.getSQLState().startsWith("08")) {
        throw new AssertionError("The server did not survive " + sql, e);
      }
      return false;
    }
  }
}
