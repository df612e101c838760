package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.wire.RawStatements;
import io.binlogbroker.broker.fixture.ColumnLines;
import io.binlogbroker.broker.fixture.DdlChain;
import io.binlogbroker.broker.fixture.KeyShapes;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.Unnamed;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import io.binlogbroker.testkit.process.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sources whose log names no columns, read long after their tables have been altered. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class CatalogueIT {
  private static LiveServers servers;
  private static KafkaServer kafka;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
    kafka = shared.kafka();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void aBrokerReadingADayBehindUsesTheColumnNamesOfThatTime(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "day_" + version.ordinal();
    mysql.execute("CREATE DATABASE " + schema + " CHARACTER SET utf8mb4");
    try (Unnamed unnamed = new Unnamed(mysql);
        LiveBroker broker = LiveBroker.ofAll(schema, mysql, kafka)) {
      broker.stop();
      List<String> written = new ArrayList<>();
      for (String step : DdlChain.of(mysql)) {
        boolean ran = DdlChain.run(mysql, schema, step);
        if (ran && step.contains(" SELECT ")) {
          written.addAll(ColumnLines.selected(mysql, schema));
        }
        written.addAll(ColumnLines.insertEverywhere(mysql, schema));
      }

      List<ChangeRecord> changes = broker.start().stopAfter(written.size(), schema);

      assertThat(ColumnLines.lines(changes)).containsExactlyElementsOf(written);
    }
  }

  /**
   * The driver writes UTF-8, which the server interprets in the session's character set. The
   * comment is closed only in that character set, in which the bytes of its one character and the
   * backslash are two characters.
   */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_5_7_22", "MYSQL_8_0_33", "MARIADB_11_4"})
  void statementsAreReadInTheCharacterSetOfTheirSession(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "sessions_" + version.ordinal();
    mysql.execute("CREATE DATABASE " + schema + " CHARACTER SET utf8mb4");
    List<String> written = new ArrayList<>();
    try (Unnamed unnamed = new Unnamed(mysql);
        LiveBroker broker = LiveBroker.ofAll(schema, mysql, kafka)) {
      for (String charset : List.of("gbk", "cp932", "cp1251", "latin1")) {
        String comment = charset.equals("gbk") || charset.equals("cp932") ? "名\\" : "";
        mysql.execute(
            "SET session_track_system_variables = ''", // Otherwise the driver would fail.
            "USE " + schema,
            "SET character_set_client = " + charset,
            "CREATE TABLE " + charset + " (`时间` INT, a INT COMMENT '" + comment + "', z INT)",
            "ALTER TABLE " + charset + " ADD `表格` INT AFTER `时间`",
            "INSERT INTO " + charset + " (a) VALUES (1)");
        written.add(ColumnLines.line(mysql, schema, charset));
      }

      List<ChangeRecord> changes = broker.stopAfter(written.size(), schema);

      assertThat(ColumnLines.lines(changes)).containsExactlyElementsOf(written);
    }
  }

  /**
   * Byte by byte: A0 is a blank in latin1 but not in koi8r, FF is one in cp866, and characters that
   * are blanks in Java are letters in utf8mb4. In sjis, 815F is a character whose second byte
   * equals the backslash; in swe7 the braces are letters.
   */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_5_7_22", "MYSQL_8_0_33", "MARIADB_11_4"})
  void whitespaceAndNamesFollowTheSessionsCharacterSet(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "blanks_" + version.ordinal();
    mysql.execute("CREATE DATABASE " + schema + " CHARACTER SET utf8mb4");
    List<String> written = new ArrayList<>();
    try (Unnamed unnamed = new Unnamed(mysql);
        RawStatements session = RawStatements.open(mysql);
        LiveBroker broker = LiveBroker.ofAll(schema, mysql, kafka)) {
      session.execute(
          "USE " + schema,
          "SET NAMES latin1",
          "CREATE\u00a0TABLE latin1 (a INT, b INT, \u00e9 INT)",
          "\u00a0ALTER\u00a0TABLE\u00a0latin1\u00a0CHANGE a\u00a0x\u00a0INT",
          "CREATE TABLE copied SELECT * FROM latin1",
          "SET NAMES cp866",
          "CREATE TABLE cp866 (a INT)",
          "\u00ffALTER\u00ffTABLE cp866 ADD\u00ffb INT --\u00ff, ADD c INT",
          "SET NAMES koi8r",
          "CREATE TABLE koi8r (a INT, \u00a3 INT, `\u00a0` INT)",
          "SET NAMES utf8mb4",
          "CREATE TABLE utf8 (a INT)",
          "ALTER TABLE utf8 ADD \u00e3\u0080\u0080b INT, ADD \u00c2\u00a0 INT",
          "SET NAMES sjis",
          "CREATE TABLE sjis (a INT COMMENT '\u0081\u005f', `\u0081\u005f` INT, b INT)",
          "SET NAMES swe7",
          "CREATE TABLE swe7 (`{` INT, } INT)");
      for (String table : List.of("latin1", "copied", "cp866", "koi8r", "utf8", "sjis", "swe7")) {
        mysql.execute("INSERT INTO " + schema + "." + table + " () VALUES ()");
        written.add(ColumnLines.line(mysql, schema, table));
      }

      List<ChangeRecord> changes = broker.stopAfter(written.size(), schema);

      assertThat(ColumnLines.lines(changes)).containsExactlyElementsOf(written);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void aTableAlteredBeforeItsFirstRowsIsNotGuessed(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "late_" + version.ordinal();
    mysql.execute(
        "CREATE DATABASE " + schema,
        "CREATE TABLE " + schema + ".goods (a INT, b INT)",
        "CREATE TABLE " + schema + ".other (a INT, b INT)");
    DeliveryException failure;
    List<ChangeRecord> changes;
    try (Unnamed unnamed = new Unnamed(mysql);
        LiveBroker broker = LiveBroker.ofAll(schema, mysql, kafka)) {
      broker.stop();
      forget(broker, schema);
      mysql.execute(
          "INSERT INTO " + schema + ".other VALUES (1, 1)",
          "INSERT INTO " + schema + ".goods VALUES (2, 2)",
          "ALTER TABLE " + schema + ".goods RENAME COLUMN a TO c",
          "INSERT INTO " + schema + ".goods VALUES (3, 3)");

      failure = broker.fail();
      changes = broker.await(1, schema);
    }

    assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_DATA);
    assertThat(failure)
        .hasMessageContaining("The columns of " + schema + ".goods from ")
        .hasMessageContaining("ALTER TABLE " + schema + ".goods RENAME COLUMN a TO c");
    assertThat(ColumnLines.lines(changes)).containsExactly("other[a, b]");
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void aParkedTableIsSkippedUntilThePositionIsSet(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "park_" + version.ordinal();
    mysql.execute(
        "CREATE DATABASE " + schema,
        "CREATE TABLE " + schema + ".goods (a INT, b INT, kind ENUM('x', 'y') DEFAULT 'x')",
        "CREATE TABLE " + schema + ".other (a INT, b INT)");
    List<ChangeRecord> changes;
    String parks = "\"SyncAll\":true, \"OnSchemaMismatch\":\"park\",";
    try (Unnamed unnamed = new Unnamed(mysql);
        LiveBroker broker = LiveBroker.with(schema, mysql, kafka, parks)) {
      forget(broker.start().stop(), schema);
      mysql.execute(
          "INSERT INTO " + schema + ".goods VALUES (1, 1, 'y')",
          "ALTER TABLE " + schema + ".goods RENAME COLUMN a TO c",
          "INSERT INTO " + schema + ".goods VALUES (2, 2, 'y')",
          "INSERT INTO " + schema + ".other VALUES (3, 3)");
      broker.start().stopAfter(1, schema);
      mysql.execute(
          "INSERT INTO " + schema + ".goods VALUES (4, 4, 'y')",
          "INSERT INTO " + schema + ".other VALUES (5, 5)");
      broker.start().stopAfter(2, schema);
      String position = Files.readString(broker.positionFile());
      assertThat(Files.readString(broker.catalogueFile("parked." + schema + ".goods.json")))
          .contains("RENAME COLUMN a TO c");

      Files.writeString(
          broker.positionFile(), position.replaceFirst("\"epoch\":\"", "\"epoch\":\"again-"));
      broker.start();
      mysql.execute("INSERT INTO " + schema + ".goods VALUES (6, 6, 'y')");
      changes = broker.stopAfter(3, schema);
      assertThat(broker.catalogueFile("parked." + schema + ".goods.json")).doesNotExist();
    }

    assertThat(ColumnLines.lines(changes))
        .containsExactly("other[a, b]", "other[a, b]", "goods[c, b, kind]");
  }

  /** The log already written stays unchanged when the setting of the server changes. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void aLaggingBrokerContinuesAfterASwitchToFullMetadata(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "told_to_name_" + version.ordinal();
    mysql.execute("CREATE DATABASE " + schema);
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.with(schema, mysql, kafka, only(schema))) {
      try (Unnamed unnamed = new Unnamed(mysql)) {
        broker.start().stop();
        forget(broker, schema);
        mysql.execute(
            "CREATE TABLE " + schema + ".goods (a INT, b INT)",
            "INSERT INTO " + schema + ".goods VALUES (1, 1)",
            "ALTER TABLE " + schema + ".goods RENAME COLUMN a TO b, RENAME COLUMN b TO a",
            "INSERT INTO " + schema + ".goods VALUES (2, 2)");
      }
      mysql.execute(
          "ALTER TABLE " + schema + ".goods RENAME COLUMN a TO c",
          "INSERT INTO " + schema + ".goods VALUES (3, 3)");
      changes = broker.start().stopAfter(3, schema);
    }

    assertThat(ColumnLines.lines(changes))
        .containsExactly("goods[a, b]", "goods[b, a]", "goods[b, c]");
  }

  /** The reverse, and both directions under one broker. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void aLaggingBrokerContinuesAfterASwitchFromFullMetadata(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "told_not_to_name_" + version.ordinal();
    mysql.execute("CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".goods (a INT, b INT)");
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.with(schema, mysql, kafka, only(schema))) {
      broker.start();
      mysql.execute("INSERT INTO " + schema + ".goods VALUES (1, 1)");
      broker.stopAfter(1, schema);
      mysql.execute(
          "ALTER TABLE " + schema + ".goods RENAME COLUMN a TO b, RENAME COLUMN b TO a",
          "INSERT INTO " + schema + ".goods VALUES (2, 2)");
      try (Unnamed unnamed = new Unnamed(mysql)) {
        mysql.execute(
            "CREATE TABLE " + schema + ".other (a INT, b INT)",
            "INSERT INTO " + schema + ".other VALUES (3, 3)",
            "INSERT INTO " + schema + ".goods VALUES (4, 4)",
            "ALTER TABLE " + schema + ".other RENAME COLUMN a TO b, RENAME COLUMN b TO a",
            "INSERT INTO " + schema + ".other VALUES (5, 5)");
        broker.start().stopAfter(5, schema);
        broker.start();
      }
      mysql.execute(
          "ALTER TABLE " + schema + ".goods RENAME COLUMN a TO c",
          "INSERT INTO " + schema + ".goods VALUES (6, 6)");
      changes = broker.stopAfter(6, schema);
    }

    assertThat(ColumnLines.lines(changes))
        .containsExactly(
            "goods[a, b]",
            "goods[b, a]",
            "other[a, b]",
            "goods[b, a]",
            "other[b, a]",
            "goods[b, c]");
  }

  /**
   * The columns and key come from the log, or where it does not name them, from DDL or
   * information_schema.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void columnsAndKeyAreTheSameForEveryRowMetadata(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "keys_" + version.ordinal();
    mysql.execute("CREATE DATABASE " + schema);
    List<String> shapes = KeyShapes.of(version);
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.with(schema, mysql, kafka, keyed(schema))) {
      try (Unnamed unnamed = new Unnamed(mysql)) {
        broker.start();
        for (int i = 0; i < shapes.size(); i++) {
          String table = schema + ".t" + i;
          mysql.execute(shapes.get(i).replace("@", table).split(";"));
          insert(mysql, table);
        }
        broker.stopAfter(shapes.size(), schema);
        forget(broker, schema);
        broker.start();
        insertEach(mysql, schema, shapes.size());
        broker.await(2 * shapes.size(), schema);
      }
      insertEach(mysql, schema, shapes.size());
      changes = broker.stopAfter(3 * shapes.size(), schema);
    }

    List<String> seen = changes.stream().map(CatalogueIT::columnsAndKey).toList();
    int count = shapes.size();
    assertThat(changes).hasSize(3 * count);
    assertThat(seen.subList(count, 2 * count)).containsExactlyElementsOf(seen.subList(0, count));
    assertThat(seen.subList(2 * count, 3 * count))
        .containsExactlyElementsOf(seen.subList(0, count));
    assertThat(seen).noneMatch(line -> line.contains("HASH") || line.contains("hidden"));
  }

  private static void insertEach(MysqlServer mysql, String schema, int tables) {
    for (int i = 0; i < tables; i++) {
      // Rows that are deleted without being logged can be inserted again.
      mysql.execute("SET SESSION sql_log_bin = 0", "DELETE FROM " + schema + ".t" + i);
      insert(mysql, schema + ".t" + i);
    }
  }

  private static void insert(MysqlServer mysql, String table) {
    boolean renamed = mysql.query("SHOW COLUMNS FROM " + table + " LIKE 'bb'").size() == 1;
    mysql.execute(
        "INSERT INTO " + table + " (a, " + (renamed ? "bb" : "b") + ", c) VALUES (1, 2, 3)");
  }

  /** The columns and key of a change; the key of a system-versioned table ends with a time. */
  private static String columnsAndKey(ChangeRecord change) {
    return ColumnLines.line(change) + " " + change.key().replaceAll("20[0-9]{2}-[^,|]*", "now");
  }

  private static String keyed(String schema) {
    return only(schema).replace("\"Topic\"", "\"Key\":\"@pk\",\"Topic\"");
  }

  private static String only(String schema) {
    return "\"Sources\":[{\"Schema\":\"%1$s\",\"Tables\":[{\"Table\":\".*\",\"Topic\":\"%1$s\"}]}],"
        .formatted(schema);
  }

  /**
   * Deletes the tables from the catalogue, as if the broker had reached this position without
   * having read them.
   */
  private static void forget(LiveBroker broker, String schema) throws IOException {
    Folders.delete(broker.positionFile().resolveSibling(schema + ".catalogue"));
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void aTableWithoutChangesBeforeItsAlterIsKnown(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "quiet_" + version.ordinal();
    mysql.execute("CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".goods (a INT, b INT)");
    List<ChangeRecord> changes;
    try (Unnamed unnamed = new Unnamed(mysql);
        LiveBroker broker = LiveBroker.ofAll(schema, mysql, kafka)) {
      broker.stop();
      mysql.execute(
          "INSERT INTO " + schema + ".goods VALUES (1, 1)",
          "ALTER TABLE " + schema + ".goods CHANGE a b INT, CHANGE b a INT",
          "INSERT INTO " + schema + ".goods VALUES (2, 2)");

      changes = broker.start().stopAfter(2, schema);
    }

    assertThat(ColumnLines.lines(changes)).containsExactly("goods[a, b]", "goods[b, a]");
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void afterThePositionIsSetBackTheNamesOfThatPositionAreUsed(MysqlVersion version)
      throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "back_" + version.ordinal();
    mysql.execute("CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".goods (a INT, b INT)");
    List<ChangeRecord> changes;
    try (Unnamed unnamed = new Unnamed(mysql);
        LiveBroker broker = LiveBroker.ofAll(schema, mysql, kafka)) {
      mysql.execute("INSERT INTO " + schema + ".goods VALUES (1, 1)");
      broker.await(1, schema);
      String position = Files.readString(broker.stop().positionFile());
      mysql.execute(
          "INSERT INTO " + schema + ".goods VALUES (2, 2)",
          "ALTER TABLE " + schema + ".goods RENAME COLUMN a TO b, RENAME COLUMN b TO a",
          "INSERT INTO " + schema + ".goods VALUES (3, 3)");
      broker.start().stopAfter(3, schema);

      Files.writeString(
          broker.positionFile(), position.replaceFirst("\"epoch\":\"", "\"epoch\":\"again-"));
      changes = broker.start().stopAfter(5, schema);
    }

    assertThat(ColumnLines.lines(changes))
        .containsExactly("goods[a, b]", "goods[a, b]", "goods[b, a]", "goods[a, b]", "goods[b, a]");
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_5_7_22", "MARIADB_10_11", "MARIADB_11_4"})
  void anAlterOfATemporaryTableDoesNotChangeTheTableOfThatName(MysqlVersion version)
      throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "namesake_" + version.ordinal();
    mysql.execute("CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".goods (a INT, b INT)");
    List<ChangeRecord> changes;
    try (Unnamed unnamed = new Unnamed(mysql);
        LiveBroker broker = LiveBroker.ofAll(schema, mysql, kafka)) {
      broker.stop();
      mysql.execute(
          "USE " + schema,
          "SET SESSION binlog_format = STATEMENT",
          "CREATE TEMPORARY TABLE goods (a INT, b INT)",
          "ALTER TABLE goods CHANGE a z INT",
          "CREATE TABLE alike LIKE goods",
          "DROP TEMPORARY TABLE goods",
          "SET SESSION binlog_format = ROW",
          "INSERT INTO goods VALUES (1, 1)",
          "INSERT INTO alike VALUES (2, 2)");

      changes = broker.start().stopAfter(2, schema);
    }

    assertThat(ColumnLines.lines(changes)).containsExactly("goods[a, b]", "alike[z, b]");
  }

  @Test
  void anAlterInTwoPhasesTakesEffectWhereItIsCommitted() throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MARIADB_11_4);
    mysql.execute(
        "CREATE DATABASE phases",
        "CREATE TABLE phases.goods (a INT, b INT)",
        "INSERT INTO phases.goods VALUES (1, 1)");
    List<ChangeRecord> changes;
    try (Unnamed unnamed = new Unnamed(mysql);
        LiveBroker broker = LiveBroker.ofAll("phases", mysql, kafka)) {
      broker.stop();
      mysql.execute("INSERT INTO phases.goods VALUES (2, 1)");
      String alter = "ALTER TABLE phases.goods RENAME COLUMN a TO ";
      String twoPhases = "SET SESSION binlog_alter_two_phase = 1";
      assertThatThrownBy(() -> mysql.execute(twoPhases, alter + "wrong, ADD UNIQUE (b)"))
          .hasStackTraceContaining("Duplicate entry");
      mysql.execute("INSERT INTO phases.goods VALUES (3, 3)");
      mysql.execute(twoPhases, alter + "c", "INSERT INTO phases.goods VALUES (4, 4)");

      changes = broker.start().stopAfter(3, "phases");
    }

    assertThat(ColumnLines.lines(changes))
        .containsExactly("goods[a, b]", "goods[a, b]", "goods[c, b]");
  }
}
