package io.binlogbroker.conformance;

import io.binlogbroker.testkit.MysqlServer;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Debezium's embedded engine, which reads a schema of a server from the moment it is opened. Its
 * own thread collects the events; the test's thread waits for them.
 */
final class DebeziumOracle implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<ChangeEvent<String, String>> events = new CopyOnWriteArrayList<>();
  private final DebeziumEngine<ChangeEvent<String, String>> engine;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  private DebeziumOracle(Properties properties) {
    engine =
        DebeziumEngine.create(Json.class)
            .using(properties)
            .notifying((ChangeEvent<String, String> event) -> events.add(event))
            .build();
  }

  /** Opens an engine, and waits until it reads the binary log. */
  static DebeziumOracle open(MysqlServer mysql, String schema) throws Exception {
    return open(mysql, properties(mysql, schema));
  }

  /** The same, with the offsets in a file, as Debezium Server and standalone Connect store them. */
  static DebeziumOracle open(MysqlServer mysql, String schema, Path offsets) throws Exception {
    Properties properties = properties(mysql, schema);
    properties.put("offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore");
    properties.put("offset.storage.file.filename", offsets.toString());
    return open(mysql, properties);
  }

  private static DebeziumOracle open(MysqlServer mysql, Properties properties) throws Exception {
    DebeziumOracle oracle = new DebeziumOracle(properties);
    oracle.thread.execute(oracle.engine);
    oracle.await(
        () ->
            !"0"
                .equals(
                    mysql.value(
                        "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE COMMAND LIKE"
                            + " 'Binlog Dump%'")));
    return oracle;
  }

  private static Properties properties(MysqlServer mysql, String schema) {
    Properties properties = new Properties();
    properties.putAll(
        Map.ofEntries(
            Map.entry("name", "oracle"),
            Map.entry("connector.class", "io.debezium.connector.mysql.MySqlConnector"),
            Map.entry("topic.prefix", "oracle"),
            Map.entry("database.hostname", "127.0.0.1"),
            Map.entry("database.port", "" + mysql.port()),
            Map.entry("database.user", "root"),
            Map.entry("database.password", ""),
            Map.entry("database.server.id", "54321"),
            Map.entry("database.include.list", schema),
            Map.entry("include.schema.changes", "false"),
            Map.entry("snapshot.mode", "no_data"),
            Map.entry("key.converter.schemas.enable", "false"),
            Map.entry("value.converter.schemas.enable", "false"),
            Map.entry(
                "schema.history.internal", "io.debezium.relational.history.MemorySchemaHistory"),
            Map.entry(
                "offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore")));
    return properties;
  }

  /** Waits for this many messages, and returns all. */
  List<ChangeEvent<String, String>> await(int count) throws InterruptedException {
    await(() -> events.size() >= count);
    return List.copyOf(events);
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > limit) {
        throw new AssertionError(
            "Timed out after " + LIMIT + " waiting for Debezium, got " + events);
      }
      Thread.sleep(50);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    engine.close();
    thread.shutdown();
    if (!thread.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("Expected Debezium's engine to end within " + LIMIT);
    }
  }
}
