package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.SelectedAs;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sources that log less than full row images with column names: missing values are absent, never
 * invented.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class RowImagesIT {
  private static LiveServers servers;
  private static KafkaServer kafka;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
    kafka = shared.kafka();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void minimalImagesContainKeyAndChange(MysqlVersion version) throws Exception {
    assertThat(changesWith("MINIMAL", servers.mysql(version)))
        .containsExactly(
            "INSERT null {id=1, a=1}",
            "INSERT null {id=2, a=2, b=null, c=\"eA==\"}",
            "UPDATE {id=1} {a=5}",
            "UPDATE {id=2} {c=null}",
            "DELETE {id=1} null");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void noblobImagesLackUnchangedBlobs(MysqlVersion version) throws Exception {
    assertThat(changesWith("NOBLOB", servers.mysql(version)))
        .containsExactly(
            "INSERT null {id=1, a=1, b=\"b\"}",
            "INSERT null {id=2, a=2, b=null, c=\"eA==\"}",
            "UPDATE {id=1, a=1, b=\"b\"} {id=1, a=5, b=\"b\"}",
            "UPDATE {id=2, a=2, b=null} {id=2, a=2, b=null, c=null}",
            "DELETE {id=1, a=5, b=\"b\"} null");
  }

  @Test
  void imagesWithoutDuplicatesAreDeliveredWhole() throws Exception {
    assertThat(changesWith("FULL_NODUP", servers.mysql(MysqlVersion.MARIADB_11_4)))
        .containsExactly(
            "INSERT null {id=1, a=1, b=\"b\", c=null}",
            "INSERT null {id=2, a=2, b=null, c=\"eA==\"}",
            "UPDATE {id=1, a=1, b=\"b\", c=null} {id=1, a=5, b=\"b\", c=null}",
            "UPDATE {id=2, a=2, b=null, c=\"eA==\"} {id=2, a=2, b=null, c=null}",
            "DELETE {id=1, a=5, b=\"b\", c=null} null");
  }

  /**
   * MariaDB does not log such a column in the after image of an UPDATE unless it is part of a key.
   */
  @ParameterizedTest
  @ValueSource(strings = {"FULL", "NO_LOG"})
  void aVirtualColumnThatIsNotLoggedIsAbsent(String metadata) throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MARIADB_11_4);
    String schema = "virtual_" + metadata.toLowerCase(Locale.ROOT);
    mysql.execute("SET GLOBAL binlog_row_metadata = " + metadata);
    List<ChangeRecord> changes;
    try {
      changes = changesOfVirtualColumns(schema, "json", mysql);
    } finally {
      mysql.execute("SET GLOBAL binlog_row_metadata = FULL");
    }

    assertThat(changes.stream().map(RowImagesIT::line))
        .containsExactly(
            "INSERT null {id=1, a=1, b=1, v=\"v1\", w=\"w1\", s=\"s1\", k=2}",
            "UPDATE {id=1, a=1, b=1, s=\"s1\", k=2} {id=1, a=2, b=1, s=\"s2\", k=3}",
            "UPDATE {id=1, a=2, b=1, s=\"s2\", k=3} {id=1, a=2, b=2, s=\"s2\", k=3}",
            "UPDATE {id=1, a=2, b=2, v=\"v2\", w=\"w2\", s=\"s2\", k=3} {id=1, a=3, b=2, v=\"v3\","
                + " w=\"w3\", s=\"s3\", k=4}",
            "DELETE {id=1, a=3, b=2, v=\"v3\", w=\"w3\", s=\"s3\", k=4} null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"canal-json", "maxwell-json", "debezium-json"})
  void noFormatShowsAVirtualColumnThatIsNotLogged(String format) throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MARIADB_11_4);

    List<ChangeRecord> changes =
        changesOfVirtualColumns("virtual_" + format.replace("-json", ""), format, mysql);

    List<String> logged = List.of("id", "a", "b", "s", "k");
    for (ChangeRecord update : changes.subList(1, 3)) {
      assertThat(update.change().before()).containsOnlyKeys(logged);
      assertThat(update.change().after()).containsOnlyKeys(logged);
    }
  }

  private static List<ChangeRecord> changesOfVirtualColumns(
      String schema, String format, MysqlServer mysql) throws Exception {
    String table = schema + ".t";
    mysql.execute(
        "CREATE DATABASE " + schema,
        "CREATE TABLE "
            + table
            + " (id INT PRIMARY KEY, a INT, b INT, v VARCHAR(9) AS (CONCAT('v', a)) VIRTUAL, w TEXT"
            + " AS (CONCAT('w', a)) VIRTUAL, s VARCHAR(9) AS (CONCAT('s', a)) STORED, k INT AS (a +"
            + " 1) VIRTUAL, KEY (k))");
    String all = "\"SyncAll\":true, \"Format\":\"" + format + "\",";
    try (LiveBroker broker = LiveBroker.with(schema, mysql, kafka, all).start()) {
      mysql.execute(
          "SET SESSION binlog_row_image = FULL_NODUP",
          "INSERT INTO " + table + " (id, a, b) VALUES (1, 1, 1)",
          "UPDATE " + table + " SET a = 2",
          "UPDATE " + table + " SET b = 2",
          "SET SESSION binlog_row_image = FULL",
          "UPDATE " + table + " SET a = 3",
          "DELETE FROM " + table);
      return broker.stopAfter(5, schema);
    }
  }

  /** It is no longer known which of its columns were virtual. */
  @Test
  void aReplacedTableIsParkedIfVirtualColumnsMayBeMissing() throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MARIADB_11_4);
    String schema = "virtual_parked";
    mysql.execute(
        "CREATE DATABASE " + schema,
        "CREATE TABLE " + schema + ".t (id INT PRIMARY KEY, a INT, b INT)",
        "CREATE TABLE " + schema + ".other (id INT PRIMARY KEY)");
    String parks = "\"SyncAll\":true, \"OnSchemaMismatch\":\"park\",";
    try (LiveBroker broker = LiveBroker.with(schema, mysql, kafka, parks)) {
      broker.start().stop();
      mysql.execute(
          "SET SESSION binlog_row_image = FULL_NODUP",
          "INSERT INTO " + schema + ".t VALUES (1, 1, 1)",
          "UPDATE " + schema + ".t SET a = 2",
          "UPDATE " + schema + ".t SET a = 3",
          "ALTER TABLE " + schema + ".t RENAME COLUMN b TO c",
          "INSERT INTO " + schema + ".other VALUES (1)");
      List<ChangeRecord> changes = broker.start().stopAfter(2, schema);

      assertThat(changes.stream().map(RowImagesIT::line))
          .containsExactly("INSERT null {id=1, a=1, b=1}", "INSERT null {id=1}");
    }
  }

  private static List<String> changesWith(String image, MysqlServer mysql) throws Exception {
    String schema = image + "_" + mysql.version().ordinal();
    String table = schema + ".t";
    mysql.execute(
        "CREATE DATABASE " + schema,
        "CREATE TABLE " + table + " (id INT PRIMARY KEY, a INT, b CHAR(9) DEFAULT 'b', c BLOB)");
    try (LiveBroker broker = LiveBroker.ofAll(schema, mysql, kafka)) {
      mysql.execute(
          "SET SESSION binlog_row_image = " + image,
          "INSERT INTO " + table + " (id, a) VALUES (1, 1)",
          "INSERT INTO " + table + " VALUES (2, 2, NULL, 'x')",
          "UPDATE " + table + " SET a = 5 WHERE id = 1",
          "UPDATE " + table + " SET c = NULL WHERE id = 2",
          "DELETE FROM " + table + " WHERE id = 1");
      return broker.stopAfter(5, schema).stream().map(RowImagesIT::line).toList();
    }
  }

  private static String line(ChangeRecord record) {
    RowChange change = record.change();
    return change.operation() + " " + change.before() + " " + change.after();
  }

  @Test
  void partialUpdatesOfDocumentsAreDeliveredWhole() throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    mysql.execute(
        "CREATE DATABASE partial_db",
        "CREATE TABLE partial_db.t (id INT PRIMARY KEY, d JSON, e JSON, n INT)");
    String[] updates = {
      "d = JSON_SET(d, '$.a.b[1]', 7, '$.new', CAST('[1, {\"x\": null}]' AS JSON))",
      "d = JSON_REMOVE(d, '$.a.b[0]', '$.pad'), n = 3",
      "d = JSON_REPLACE(d, '$.a', 'text'), e = JSON_SET(e, '$[1]', 2.50)",
      "e = JSON_ARRAY(1), n = 4",
      "d = JSON_SET(d, '$.\"odd key\"', TRUE)"
    };
    List<Map<String, @Nullable String>> selected = new ArrayList<>();
    var start = mysql.query("SHOW MASTER STATUS").get(0);
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll("partial", mysql, kafka)) {
      mysql.execute(
          "INSERT INTO partial_db.t VALUES (1, JSON_OBJECT('a', JSON_OBJECT('b', JSON_ARRAY(1, 2,"
              + " 3)), 'pad', REPEAT('x', 1000)), '[0, 0]', 1)");
      for (String update : updates) {
        mysql.execute(
            "SET SESSION binlog_row_value_options = PARTIAL_JSON",
            "UPDATE partial_db.t SET " + update);
        selected.addAll(
            mysql.query("SELECT CAST(d AS CHAR) d, CAST(e AS CHAR) e, n FROM partial_db.t"));
      }
      changes = broker.stopAfter(6, "partial_db");
    }

    String logged =
        "SHOW BINLOG EVENTS IN '" + start.get("File") + "' FROM " + start.get("Position");
    assertThat(mysql.query(logged))
        .extracting(event -> event.get("Event_type"))
        .contains("Update_rows_partial");
    for (int i = 0; i < updates.length; i++) {
      Map<String, JsonNode> after = Objects.requireNonNull(changes.get(i + 1).change().after());
      selected
          .get(i)
          .forEach(
              (column, text) ->
                  assertThat(SelectedAs.JSON.equalsMessage("" + text, after.get(column)))
                      .as("%s is %s in the message, not %s", column, after.get(column), text)
                      .isTrue());
    }
  }
}
