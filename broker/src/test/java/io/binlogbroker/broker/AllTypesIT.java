package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each value of each column type, as a message tells it, is the one that SELECT shows. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(300)
class AllTypesIT {
  private static LiveServers servers;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
  }

  @ParameterizedTest
  @CsvSource({
    "MYSQL_8_0_33, FULL",
    "MYSQL_8_0_33, MINIMAL",
    "MYSQL_8_0_12, FULL",
    "MYSQL_8_0_12, MINIMAL",
    "MARIADB_11_4, FULL",
    "MARIADB_11_4, MINIMAL",
    "MARIADB_11_4, NO_LOG",
    "MARIADB_10_11, FULL",
    "MARIADB_10_11, NO_LOG"
  })
  void everyValueArrivesAsSelectShowsIt(MysqlVersion version, String metadata) throws Exception {
    assertEveryValueArrives(servers, version, metadata);
  }

  static void assertEveryValueArrives(LiveServers servers, MysqlVersion version, String metadata)
      throws Exception {
    MysqlServer mysql = servers.mysql(version);
    KafkaServer kafka = servers.kafka();
    String schema = ("types_" + version + "_" + metadata).toLowerCase(Locale.ROOT);
    mysql.execute(
        "CREATE DATABASE " + schema, "SET GLOBAL binlog_row_metadata = '" + metadata + "'");
    List<TypedTable> tables = TypedTables.of(version);
    tables.forEach(table -> table.create(mysql, schema));

    List<History> histories = new ArrayList<>();
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll(schema, mysql, kafka)) {
      tables.forEach(table -> histories.add(History.write(table, mysql, schema)));
      changes = broker.stopAfter(histories.stream().mapToInt(History::size).sum(), schema);
    } finally {
      mysql.execute("SET GLOBAL binlog_row_metadata = 'FULL'");
    }

    List<String> differences = new ArrayList<>();
    histories.forEach(history -> differences.addAll(history.differences(changes)));
    assertThat(differences).isEmpty();
  }

  /** What a table held after each of its rows was inserted, and after each was updated. */
  private record History(
      TypedTable table,
      Map<Integer, List<@Nullable String>> inserted,
      Map<Integer, List<@Nullable String>> updated) {

    static History write(TypedTable table, MysqlServer mysql, String schema) {
      table.insert(mysql, schema);
      var inserted = table.select(mysql, schema);
      table.update(mysql, schema);
      var updated = table.select(mysql, schema);
      table.delete(mysql, schema);
      return new History(table, inserted, updated);
    }

    int size() {
      return 3 * table.rows();
    }

    List<String> differences(List<ChangeRecord> all) {
      List<RowChange> changes =
          all.stream()
              .map(ChangeRecord::change)
              .filter(change -> change.source().table().table().equals(table.name()))
              .toList();
      if (changes.size() != size()) {
        return List.of(
            table.name() + ": expected " + size() + " changes but got " + changes.size());
      }
      List<String> differences = new ArrayList<>();
      changes.forEach(change -> differences.addAll(differences(change)));
      return differences;
    }

    private List<String> differences(RowChange change) {
      return switch (change.operation()) {
        case INSERT -> differences(inserted, change.after());
        case DELETE -> differences(updated, change.before());
        case UPDATE -> {
          List<String> both = new ArrayList<>(differences(inserted, change.before()));
          both.addAll(differences(updated, change.after()));
          yield both;
        }
      };
    }

    private List<String> differences(
        Map<Integer, List<@Nullable String>> selected, @Nullable Map<String, JsonNode> image) {
      Map<String, JsonNode> row = Objects.requireNonNull(image);
      int id = Objects.requireNonNull(row.get("id")).intValue();
      return table.differences(Objects.requireNonNull(selected.get(id)), row);
    }
  }
}
