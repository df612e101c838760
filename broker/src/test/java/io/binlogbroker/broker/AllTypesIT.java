package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.LogMode;
import io.binlogbroker.broker.fixture.TypedHistory;
import io.binlogbroker.broker.fixture.TypedTable;
import io.binlogbroker.broker.fixture.TypedTables;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each value of each column type in a message equals the one that SELECT returns, on every server,
 * while the binary log settings are changed under the running broker.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(300)
class AllTypesIT {
  private static LiveServers servers;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void everyValueArrivesAsSelectShowsIt(MysqlVersion version) throws Exception {
    assertEveryValueArrives(servers, version);
  }

  /**
   * Time zone data that is read once and cached is of the JVM's zone, which the build sets to
   * neither one of these nor UTC; the other test would detect a dependency on it.
   */
  @ParameterizedTest
  @CsvSource({
    "America/St_Johns, MYSQL_8_0_33",
    "America/St_Johns, MARIADB_11_4",
    "Pacific/Apia, MYSQL_8_0_33",
    "Pacific/Apia, MARIADB_11_4",
  })
  void theTimeZoneOfTheProcessDoesNotMatter(String zone, MysqlVersion version) throws Exception {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      String schema = "zone_" + zone.replaceAll(".*/", "") + "_" + version;
      assertSameUnder(
          servers,
          List.of(LogMode.usual(version)),
          TypedTables.withTimes(version),
          schema,
          version);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  static void assertEveryValueArrives(LiveServers servers, MysqlVersion version) throws Exception {
    assertSameUnder(
        servers, LogMode.of(version), TypedTables.of(version), "types_" + version, version);
  }

  private static void assertSameUnder(
      LiveServers servers,
      List<LogMode> modes,
      List<TypedTable> tables,
      String mixedCase,
      MysqlVersion version)
      throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = mixedCase.toLowerCase(Locale.ROOT);
    mysql.execute("CREATE DATABASE " + schema);
    tables.forEach(table -> table.create(mysql, schema));

    List<TypedHistory> histories = new ArrayList<>();
    List<ChangeRecord> changes;
    try (LiveBroker broker = LiveBroker.ofAll(schema, mysql, servers.kafka())) {
      boolean gtids = false;
      for (LogMode mode : modes) {
        if (mode.hasGtids() && !gtids) {
          // With gtid_mode=ON the server no longer sends transactions without a GTID.
          broker.stopAfter(sizeOf(histories), schema);
          mode.setAt(mysql);
          broker.start();
        }
        gtids = mode.hasGtids();
        mode.setAt(mysql);
        tables.forEach(table -> histories.add(TypedHistory.write(mode, table, mysql, schema)));
      }
      changes = broker.stopAfter(sizeOf(histories), schema);
    } finally {
      LogMode.usual(version).setAt(mysql);
    }

    assertThat(differences(histories, changes)).isEmpty();
  }

  private static int sizeOf(List<TypedHistory> histories) {
    return histories.stream().mapToInt(TypedHistory::size).sum();
  }

  /** Compares the changes with the histories, which are in the order in which they were written. */
  private static List<String> differences(
      List<TypedHistory> histories, List<ChangeRecord> changes) {
    List<String> differences = new ArrayList<>();
    int from = 0;
    for (TypedHistory history : histories) {
      int to = Math.min(changes.size(), from + history.size());
      List<RowChange> own = changes.subList(from, to).stream().map(ChangeRecord::change).toList();
      differences.addAll(history.differences(own));
      from = to;
    }
    if (from < changes.size()) {
      differences.add("Expected no more than " + from + " changes but got " + changes.size());
    }
    return differences;
  }
}
