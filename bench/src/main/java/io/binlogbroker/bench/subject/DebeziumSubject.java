package io.binlogbroker.bench.subject;

import io.binlogbroker.bench.load.ServerPosition;
import io.binlogbroker.bench.load.WrittenLoad;
import io.binlogbroker.testkit.DebeziumServer;
import io.binlogbroker.testkit.files.CacheFolder;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Debezium Server with its defaults, except for what the broker does, too: lz4, JSON without
 * schemas, one topic, no tombstones.
 *
 * @param java home of Java 21 or later
 */
public record DebeziumSubject(Servers servers, Path java) implements Subject {
  public static final String NAME = "Debezium Server " + DebeziumServer.VERSION;
  private static final String PREFIX = "bench";
  // Required by one of its libraries since Java 24.
  private static final String OPEN = "--add-opens=java.base/java.lang=ALL-UNNAMED";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SubjectProcess start(WrittenLoad load, String topic) throws IOException {
    Path folder = Files.createDirectory(servers.folder().resolve(topic));
    Path config = Files.createDirectory(folder.resolve("config"));
    Files.writeString(config.resolve("application.properties"), properties(load, topic));
    writeOffsets(folder.resolve("offsets.dat"), load.start());
    return SubjectProcess.start(
        name(),
        DebeziumServer.commandLine(
            CacheFolder.ofUser(), java, OPEN, SubjectProcess.gcOption(folder)),
        Map.of(),
        folder);
  }

  @Override
  public MessageShape shape() {
    return MessageShape.ROW;
  }

  /**
   * Writes the offsets in Kafka Connect's file format, a serialized map of bytes. Debezium Server
   * names its connector after the sink.
   */
  private static void writeOffsets(Path file, ServerPosition start) throws IOException {
    String key = "[\"kafka\",{\"server\":\"%s\"}]".formatted(PREFIX);
    String value =
        "{\"ts_sec\":0,\"file\":\"%s\",\"pos\":%d,\"row\":0,\"event\":0}"
            .formatted(start.file(), start.offset());
    Map<byte[], byte[]> offsets = new HashMap<>();
    offsets.put(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
      out.writeObject(offsets);
    }
  }

  private String properties(WrittenLoad load, String topic) {
    List<String> lines =
        List.of(
            "quarkus.http.host=127.0.0.1",
            "quarkus.http.port=0",
            "quarkus.log.level=WARN",
            "quarkus.log.console.json.enabled=false",
            "debezium.format.value=json",
            "debezium.format.value.schemas.enable=false",
            "debezium.format.key.schemas.enable=false",
            "debezium.sink.type=kafka",
            "debezium.sink.kafka.producer.bootstrap.servers=" + servers.kafka(),
            "debezium.sink.kafka.producer.key.serializer=org.apache.kafka.common.serialization.StringSerializer",
            "debezium.sink.kafka.producer.value.serializer=org.apache.kafka.common.serialization.StringSerializer",
            "debezium.sink.kafka.producer.compression.type=lz4",
            "debezium.source.topic.prefix=" + PREFIX,
            "debezium.source.connector.class=io.debezium.connector.mysql.MySqlConnector",
            "debezium.source.database.hostname=127.0.0.1",
            "debezium.source.database.port=" + servers.mysql().port(),
            "debezium.source.database.user=root",
            "debezium.source.database.password=",
            "debezium.source.database.server.id=184054",
            "debezium.source.database.include.list=" + load.schema(),
            "debezium.source.include.schema.changes=false",
            "debezium.source.tombstones.on.delete=false",
            // Reads the tables' columns again, and the changes from the position in the offsets.
            "debezium.source.snapshot.mode=recovery",
            "debezium.source.offset.storage.file.filename=offsets.dat",
            "debezium.source.schema.history.internal=io.debezium.storage.file.history.FileSchemaHistory",
            "debezium.source.schema.history.internal.file.filename=history.dat",
            "debezium.transforms=route",
            "debezium.transforms.route.type=org.apache.kafka.connect.transforms.RegexRouter",
            "debezium.transforms.route.regex=.*",
            "debezium.transforms.route.replacement=" + topic);
    return String.join("\n", lines);
  }
}
