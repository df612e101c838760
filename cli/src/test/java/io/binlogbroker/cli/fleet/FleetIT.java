package io.binlogbroker.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.testkit.EtcdServer;
import io.binlogbroker.testkit.EtcdVersion;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes that share many groups: they share them evenly, one is killed under load, and
 * starts again. Prints how long each step took. {@code -Dfleet.groups=50} runs it with 50 groups.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(900)
class FleetIT {
  private static final int GROUPS = Integer.getInteger("fleet.groups", 9);
  private static final int ROWS_PER_SECOND = Integer.getInteger("fleet.load", 20);
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(15);
  private static final String BROKEN = "fleet_broken";

  @TempDir Path folder;

  private final MysqlServer mysql;
  private final KafkaServer kafka;

  FleetIT(LiveServers servers) {
    this.mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    this.kafka = servers.kafka();
  }

  @Test
  void groupsAreSpreadOverProcessesOfWhichOneIsKilled() throws Exception {
    List<String> groups = IntStream.range(0, GROUPS).mapToObj("fleet_%02d"::formatted).toList();
    groups.forEach(this::createTable);
    try (EtcdServer etcd = EtcdServer.of(EtcdVersion.V3_5).start()) {
      etcd.gateway().put("/config/binlogbroker", brokerConfig());
      groups.forEach(group -> configure(etcd, group));
      etcd.gateway().put("/config/binlogbroker:a group/x", "{}");
      etcd.gateway().put("/config/binlogbroker:" + BROKEN, "{\"MysqlConn\": 7}");
      try (FleetProcess a = new FleetProcess(folder, etcd.address());
          FleetProcess b = new FleetProcess(folder, etcd.address());
          FleetProcess c = new FleetProcess(folder, etcd.address());
          FleetLoad load = new FleetLoad(mysql, tables(groups), ROWS_PER_SECOND)) {
        await("all groups spread evenly", () -> areEven(GROUPS, a, b, c));
        load.start();

        a.kill();
        await("all groups served by two processes after a kill", () -> serve(GROUPS, b, c));
        await("all groups spread evenly over two processes", () -> areEven(GROUPS, b, c));
        a.restart();
        await("all groups spread evenly over three processes", () -> areEven(GROUPS, a, b, c));
        resign(groups.get(0), a, b, c);
        load.stop();
        editConfig(etcd, groups.get(1), a);
        createTable(BROKEN);
        configure(etcd, BROKEN);
        await("the group with a repaired configuration served", () -> serve(GROUPS + 1, a, b, c));

        Map<String, List<Integer>> written = written(groups);
        for (String group : groups) {
          assertThat(delivered(group, written.get(group).size()))
              .as(group)
              .isEqualTo(written.get(group));
        }
        assertThat(b.program().console())
            .containsOnlyOnce("Group a group/x is not served")
            .containsOnlyOnce("Group fleet_broken is not served")
            .contains("MysqlConn");
        for (FleetProcess process : List.of(a, b, c)) {
          process.program().terminate();
        }
        for (FleetProcess process : List.of(a, b, c)) {
          assertThat(process.program().exitCode(STOP)).as(process.program()::console).isZero();
        }
      }
    }
  }

  private static void resign(String group, FleetProcess... processes) throws Exception {
    FleetProcess master = masterOf(group, processes);
    for (FleetProcess process : processes) {
      assertThat(process.act(group, "resign")).isEqualTo(process == master ? 202 : 409);
    }
    await(
        "a group taken over after its master resigned",
        () -> Stream.of(processes).anyMatch(other -> other != master && other.isMasterOf(group)));
  }

  /** Any process of the group can, and what is hidden from it stays as it is. */
  private static void editConfig(EtcdServer etcd, String group, FleetProcess process) {
    assertThat(process.appendToConfig(group, "\n// checked")).isEqualTo(200);
    assertThat(etcd.gateway().get("/config/binlogbroker:" + group))
        .contains(LiveServers.USER + ":" + LiveServers.PASSWORD + "@tcp(", "// checked");
  }

  private static FleetProcess masterOf(String group, FleetProcess... processes) {
    return Stream.of(processes)
        .filter(process -> process.isMasterOf(group))
        .findFirst()
        .orElseThrow(() -> new AssertionError("Expected a master of " + group));
  }

  private void createTable(String group) {
    mysql.execute(
        "CREATE DATABASE IF NOT EXISTS fleet",
        "CREATE TABLE fleet." + group + " (id INT PRIMARY KEY)");
  }

  private static List<String> tables(List<String> groups) {
    return groups.stream().map(group -> "fleet." + group).toList();
  }

  private String brokerConfig() {
    return """
        {"KafkaAddr": ["%s"], "LeaseTtl": "5s", "LogDir": "%s/log", "LogFile": "broker.log"}
        """
        .formatted(kafka.bootstrapServers(), folder);
  }

  private void configure(EtcdServer etcd, String group) {
    etcd.gateway()
        .put(
            "/config/binlogbroker:" + group,
            """
            {"MysqlConn": "%s:%s@tcp(127.0.0.1:%d)", "AllowPublicKeyRetrieval": true,
             "Sources": [{"Schema": "fleet",
                          "Tables": [{"Table": "%4$s", "Topic": "%4$s", "Key": "id"}]}]}
            """
                .formatted(LiveServers.USER, LiveServers.PASSWORD, mysql.port(), group));
  }

  /** Whether each group is delivered by one of the processes. */
  private static boolean serve(int groups, FleetProcess... processes) {
    return delivered(processes).stream().mapToInt(Set::size).sum() == groups;
  }

  private static boolean areEven(int groups, FleetProcess... processes) {
    List<Integer> counts = delivered(processes).stream().map(Set::size).sorted().toList();
    return counts.stream().mapToInt(count -> count).sum() == groups
        && counts.get(counts.size() - 1) - counts.get(0) <= 1;
  }

  private static List<Set<String>> delivered(FleetProcess... processes) {
    List<Set<String>> delivered = new ArrayList<>();
    for (FleetProcess process : processes) {
      delivered.add(process.delivered());
    }
    return delivered;
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).as(what).isLessThan(LIMIT.toNanos());
      TimeUnit.MILLISECONDS.sleep(250);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    System.out.printf("FleetIT: %s after %.1f s%n", what, millis / 1000.0);
  }

  private Map<String, List<Integer>> written(List<String> groups) {
    Map<String, List<Integer>> ids = new HashMap<>();
    for (String group : groups) {
      ids.put(
          group,
          mysql.query("SELECT id FROM fleet." + group + " ORDER BY id").stream()
              .map(row -> Integer.valueOf(String.valueOf(row.get("id"))))
              .toList());
    }
    return ids;
  }

  /** The delivered ids in their order, with duplicates; waits until there are so many. */
  private List<Integer> delivered(String group, int atLeast) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      List<Integer> ids = new ArrayList<>();
      Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
      try (ChangeReader reader =
          ChangeReader.open(properties, List.of(group), ChangeReader.Start.BEGINNING)) {
        reader.readToEnd(
            LIMIT,
            record -> ids.add(Objects.requireNonNull(record.change().after()).get("id").asInt()));
      }
      if (ids.size() >= atLeast || System.nanoTime() - deadline > 0) {
        return ids;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
