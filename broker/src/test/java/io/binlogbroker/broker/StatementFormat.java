package io.binlogbroker.broker;

import io.binlogbroker.binlog.wire.RawStatements;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Sessions that write in statement format: into a schema that is delivered, and from another one
 * into it by way of a view, a trigger and a function.
 */
record StatementFormat(MysqlServer mysql, String schema) {
  private static final String LOADS = "?allowPublicKeyRetrieval=true&allowLocalInfile=true";
  private static final String STATEMENT = "SET SESSION binlog_format = 'STATEMENT'";

  private String other() {
    return "not_" + schema;
  }

  void create() {
    run(
        "CREATE DATABASE @s",
        "CREATE DATABASE @o",
        "CREATE TABLE @s.t (id INT PRIMARY KEY, n INT)",
        "CREATE TABLE @o.o (id INT PRIMARY KEY, n INT)",
        "CREATE TABLE @o.fires (id INT PRIMARY KEY, n INT)",
        "CREATE VIEW @o.v AS SELECT * FROM @s.t",
        "CREATE TRIGGER @o.g AFTER INSERT ON @o.fires FOR EACH ROW"
            + " INSERT INTO @s.t VALUES (NEW.id, 1)",
        "CREATE FUNCTION @o.f(x INT) RETURNS INT DETERMINISTIC"
            + " BEGIN INSERT INTO @s.t VALUES (x, 1); RETURN x; END");
  }

  /** Statements in such a session that change no rows. */
  void changeNothing() {
    run(
        STATEMENT,
        "USE @s",
        "CREATE TABLE made (id INT, `select` INT)",
        "ALTER TABLE made ADD n INT COMMENT 'SELECT'",
        "CREATE VIEW seen AS SELECT * FROM t",
        "CREATE PROCEDURE p() INSERT INTO t SELECT 1, 1",
        "CREATE TEMPORARY TABLE tmp (a INT)",
        "DROP TEMPORARY TABLE tmp",
        "ANALYZE TABLE made",
        "OPTIMIZE TABLE made",
        "TRUNCATE made",
        "RENAME TABLE made TO renamed",
        "DROP TABLE renamed",
        "FLUSH TABLES",
        "CREATE USER u_@s IDENTIFIED BY 'Secret_1'",
        "GRANT SELECT ON @s.* TO u_@s",
        "DROP USER u_@s");
  }

  /** Returns how many of its statements change rows of the delivered schema. */
  int changeDelivered() throws IOException {
    List<String> changes = new ArrayList<>();
    changes.add("INSERT INTO @o.v VALUES (1, 1)");
    changes.add("INSERT INTO @o.fires VALUES (2, 1)");
    changes.add("INSERT INTO @o.o VALUES (@o.f(3), 1)");
    changes.add("DO @o.f(4)");
    changes.add("CREATE TABLE @s.copied AS SELECT * FROM @o.o");
    changes.add("/* c */ -- c\n # c\n INSERT INTO @s.t VALUES (6, 1)");
    changes.add("/*!50000 INSERT */ INTO @s.t VALUES (7, 1)");
    if (mysql.version().isMariaDb()) {
      changes.add("SET STATEMENT max_statement_time=9 FOR /* c */ INSERT INTO @s.t VALUES (8, 1)");
      changes.add("ANALYZE UPDATE @s.t SET n = 2 WHERE id = 8");
      changes.add("ANALYZE FORMAT=JSON DELETE FROM @s.t WHERE id = 8");
      changes.add("EXECUTE IMMEDIATE 'INSERT INTO @s.t VALUES (9, 1)'");
    }
    List<String> session = new ArrayList<>(changes);
    session.add(0, STATEMENT);
    run(session.toArray(String[]::new));
    try (RawStatements raw = RawStatements.open(mysql)) {
      raw.execute(
          "SET SESSION binlog_format = 'MIXED'",
          "SET NAMES latin1",
          filled("UPDATE\u00a0@s.t\u00a0SET\u00a0n = 3"));
    }
    return changes.size() + 1;
  }

  int loadData(Path folder) throws IOException, SQLException {
    Path file = Files.writeString(folder.resolve("rows.csv"), "20,1\n");
    mysql.execute("SET GLOBAL local_infile = ON");
    try (Connection connection = DriverManager.getConnection(mysql.jdbcUrl() + LOADS, "root", "");
        Statement statement = connection.createStatement()) {
      statement.execute(STATEMENT);
      statement.execute(
          "LOAD DATA LOCAL INFILE '%s' INTO TABLE %s.t FIELDS TERMINATED BY ','"
              .formatted(file, schema));
    }
    return 1;
  }

  /** Returns how many of its statements are not certain to leave the delivered schema alone. */
  int changeOthers() {
    run(
        STATEMENT,
        "INSERT INTO @o.o VALUES (30, 1)",
        "UPDATE @o.o, @s.t SET o.n = 4 WHERE o.id = t.id",
        "CREATE TABLE @o.copied AS SELECT * FROM @o.o");
    MysqlVersion version = mysql.version();
    // MariaDB tells of none what it changes; MySQL notes what an UPDATE of several might change.
    return version.isMariaDb() ? 3 : 1;
  }

  private void run(String... statements) {
    String[] all = statements.clone();
    for (int i = 0; i < all.length; i++) {
      all[i] = filled(all[i]);
    }
    mysql.execute(all);
  }

  private String filled(String statement) {
    return statement.replace("@s", schema).replace("@o", other());
  }
}
