package io.binlogbroker.broker;

import io.binlogbroker.testkit.MysqlVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables with keys of every shape, which take a row of the values 1, 2 and 3: for each what makes
 * it, {@code @} for its name.
 */
final class KeyShapes {
  private static final List<String> COMMON =
      List.of(
          "CREATE TABLE @ (a INT, b INT, c INT)",
          "CREATE TABLE @ (a INT NOT NULL, b INT, c INT, UNIQUE u (a))",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE z (b), UNIQUE y (a))",
          "CREATE TABLE @ (a INT, b INT NOT NULL, c INT, UNIQUE (a), UNIQUE (b))",
          "CREATE TABLE @ (a INT NOT NULL, b INT, c INT, UNIQUE u (a, b))",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE u (b, a), UNIQUE v (a))",
          "CREATE TABLE @ (a INT NOT NULL UNIQUE, b INT NOT NULL UNIQUE KEY, c INT)",
          "CREATE TABLE @ (a VARCHAR(9) NOT NULL, b INT, c INT, UNIQUE u (a(5)))",
          "CREATE TABLE @ (a VARCHAR(9) NOT NULL, b INT, c INT, UNIQUE u (a(9)))",
          "CREATE TABLE @ (a VARCHAR(9) NOT NULL, b INT NOT NULL, c INT, UNIQUE u (a(5)),"
              + " UNIQUE v (b))",
          "CREATE TABLE @ (a TEXT NOT NULL, b INT, c INT, UNIQUE u (a(9)))",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE (b), PRIMARY KEY (a))",
          "CREATE TABLE @ (a INT, b INT NOT NULL PRIMARY KEY, c INT NOT NULL UNIQUE)",
          "CREATE TABLE @ (a SERIAL, b INT, c INT)",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT);"
              + "ALTER TABLE @ ADD UNIQUE z (b);CREATE UNIQUE INDEX y ON @ (a)",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE z (b), UNIQUE y (a));"
              + "ALTER TABLE @ DROP KEY z, ADD UNIQUE x (b)",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE z (b), UNIQUE y (a));"
              + "DROP INDEX z ON @",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE z (b), UNIQUE y (a));"
              + "ALTER TABLE @ DROP INDEX z;ALTER TABLE @ ADD UNIQUE z (b)",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE (b), UNIQUE (a));"
              + "ALTER TABLE @ DROP KEY b",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE z (b), UNIQUE y (a));"
              + "ALTER TABLE @ MODIFY b INT NULL",
          "CREATE TABLE @ (a INT NOT NULL, b INT, c INT, UNIQUE z (b));"
              + "ALTER TABLE @ MODIFY b INT NOT NULL",
          "CREATE TABLE @ (a INT, b INT, c INT, UNIQUE y (a), UNIQUE z (b));"
              + "ALTER TABLE @ MODIFY b INT NOT NULL",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE z (b), UNIQUE y (a));"
              + "ALTER TABLE @ CHANGE b bb BIGINT NOT NULL FIRST",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE z (b), UNIQUE y (a));"
              + "ALTER TABLE @ ADD PRIMARY KEY (c);ALTER TABLE @ DROP PRIMARY KEY",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE z (b), UNIQUE y (a));"
              + "ALTER TABLE @ DROP KEY z, ADD UNIQUE z (b)",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, CONSTRAINT n UNIQUE (b),"
              + " UNIQUE y (a));ALTER TABLE @ DROP KEY n",
          "CREATE TABLE @_ (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE (b), UNIQUE (a));"
              + "CREATE TABLE @ LIKE @_");

  private static final List<String> OF_MYSQL_8 =
      List.of(
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL INVISIBLE, c INT, UNIQUE z (b))",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE z ((b + 1)), UNIQUE y"
              + " (a))",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE z ((b + 1)))",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, d INT AS (a + 1) VIRTUAL NOT"
              + " NULL, UNIQUE z (d))",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, d INT AS (a + 1) STORED NOT NULL,"
              + " UNIQUE z (d), UNIQUE y (a))",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL, c INT, UNIQUE z (b DESC), UNIQUE y (a));"
              + "ALTER TABLE @ RENAME INDEX z TO x;ALTER TABLE @ DROP INDEX x");

  private static final List<String> OF_MARIADB =
      List.of(
          "CREATE TABLE @ (a INT NOT NULL, b TEXT NOT NULL, c INT, UNIQUE z (b), UNIQUE y (a))",
          "CREATE TABLE @ (a INT NOT NULL, b TEXT NOT NULL, c INT, UNIQUE z (b))",
          "CREATE TABLE @ (a INT, b TEXT UNIQUE, c INT)",
          "CREATE TABLE @ (a INT NOT NULL, b VARCHAR(30) NOT NULL, c INT, UNIQUE z (b) USING HASH,"
              + " UNIQUE y (a))",
          "CREATE TABLE @ (a INT NOT NULL, b VARCHAR(3000) CHARACTER SET utf8mb4 NOT NULL, c INT,"
              + " UNIQUE z (b), UNIQUE y (a))",
          "CREATE TABLE @ (a INT PRIMARY KEY, b TEXT UNIQUE, c INT);ALTER TABLE @ ADD d INT FIRST",
          "CREATE TABLE @ (a INT PRIMARY KEY, b INT, c INT) WITH SYSTEM VERSIONING",
          "CREATE TABLE @ (a INT NOT NULL UNIQUE, b TEXT UNIQUE, c INT) WITH SYSTEM VERSIONING",
          "CREATE TABLE @ (a INT PRIMARY KEY, b INT, c INT, s TIMESTAMP(6) GENERATED ALWAYS AS ROW"
              + " START, e TIMESTAMP(6) GENERATED ALWAYS AS ROW END, PERIOD FOR SYSTEM_TIME (s, e))"
              + " WITH SYSTEM VERSIONING",
          "CREATE TABLE @ (a INT NOT NULL, b INT NOT NULL DEFAULT 9 INVISIBLE, c INT, UNIQUE z"
              + " (b))");

  private KeyShapes() {}

  static List<String> of(MysqlVersion version) {
    List<String> shapes = new ArrayList<>(COMMON);
    if (version == MysqlVersion.MYSQL_8_0_33) {
      shapes.addAll(OF_MYSQL_8);
    }
    if (version.isMariaDb()) {
      shapes.addAll(OF_MARIADB);
    }
    return shapes;
  }
}
