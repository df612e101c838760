package io.binlogbroker.cli;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * One group of a test: its own table on the shared servers, its configuration, and its messages in
 * Kafka.
 */
final class TestGroup {
  static final String USER = LiveServers.USER;
  static final String PASSWORD = LiveServers.PASSWORD;
  private static final Duration READ_LIMIT = Duration.ofSeconds(60);

  private final String group;
  private final MysqlServer mysql;
  private final KafkaServer kafka;
  private final Path folder;
  private String user = USER;
  private String password = PASSWORD;
  private String more = "";

  TestGroup(String group, MysqlServer mysql, KafkaServer kafka, Path folder) {
    this.group = group;
    this.mysql = mysql;
    this.kafka = kafka;
    this.folder = folder;
    mysql.execute(
        "CREATE DATABASE IF NOT EXISTS " + group,
        "CREATE TABLE " + group + ".goods (id INT PRIMARY KEY, name VARCHAR(20))");
  }

  TestGroup as(String otherUser, String otherPassword) {
    user = otherUser;
    password = otherPassword;
    return this;
  }

  /** Adds keys to the configuration, each followed by a comma. */
  TestGroup with(String keys) {
    more = keys;
    return this;
  }

  String group() {
    return group;
  }

  Path folder() {
    return folder;
  }

  /** A command's arguments with those for group and configuration. */
  String[] args(String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of("-g", group, "-c", config().toString()));
    return args.toArray(String[]::new);
  }

  /** Writes the configuration file with both parts, each under its name. */
  Path dividedConfig() {
    String json =
        """
        {"BrokerConfig": {"RPCListen":"", "KafkaAddr": ["%s"], "LeaseTtl": "2s", %s
           "LogDir": "%3$s/log", "StateDir": "%3$s/state"},
         "SourceConfig": {"MysqlConn": "%4$s:%5$s@tcp(127.0.0.1:%6$d)",
           "AllowPublicKeyRetrieval": true,
           "Sources": [{"Schema": "%7$s", "Tables": [{"Table": "goods", "Key": "id"}]}]}}
        """
            .formatted(kafka.bootstrapServers(), more, folder, user, password, mysql.port(), group);
    try {
      return Files.writeString(folder.resolve("divided-" + group + ".json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path config() {
    return writeConfig("conf.json");
  }

  /** Writes the configuration to a file of this name. */
  Path writeConfig(String name) {
    String json =
        """
        {"RPCListen":"", "KafkaAddr": ["%s"], "MysqlConn": "%s:%s@tcp(127.0.0.1:%d)",
         "AllowPublicKeyRetrieval": true, %s
         "LogDir": "%6$s/log", "StateDir": "%6$s/state",
         "Sources": [{"Schema": "%7$s", "Tables": [{"Table": "goods", "Key": "id"}]}]}
        """
            .formatted(kafka.bootstrapServers(), user, password, mysql.port(), more, folder, group);
    try {
      Path file = Files.writeString(folder.resolve(name), json);
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the broker and waits until it reads the log. */
  ForkedProgram startReading() throws InterruptedException {
    ForkedProgram broker = ForkedProgram.start(folder, args());
    broker.awaitConsole("Reading from", Duration.ofSeconds(90));
    return broker;
  }

  /** Writes rows in row format, independent of the server's setting. */
  void insert(int first, int last) {
    List<String> sql = new ArrayList<>(List.of("SET SESSION binlog_format = 'ROW'"));
    for (int id = first; id <= last; id++) {
      sql.add("INSERT INTO " + group + ".goods VALUES (" + id + ", 'tea')");
    }
    mysql.execute(sql.toArray(String[]::new));
  }

  /** The delivered ids, with duplicates. */
  List<Integer> delivered() {
    List<Integer> ids = new ArrayList<>();
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (ChangeReader reader =
        ChangeReader.open(properties, List.of(group), ChangeReader.Start.BEGINNING)) {
      reader.readToEnd(
          READ_LIMIT,
          record -> ids.add(Objects.requireNonNull(record.change().after()).get("id").asInt()));
    }
    return ids;
  }

  /** Waits until this number of rows has arrived. */
  List<Integer> awaitDelivered(int count) throws InterruptedException {
    long deadline = System.nanoTime() + READ_LIMIT.toNanos();
    List<Integer> ids = List.of();
    while (ids.size() < count && System.nanoTime() - deadline < 0) {
      Thread.sleep(200);
      ids = topicExists() ? delivered() : ids;
    }
    return ids;
  }

  private boolean topicExists() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      return admin.listTopics().names().get().contains(group);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
