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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Debezium Server with its defaults, except for what the broker does, too: lz4, JSON without
 * schemas, one topic, no tombstones.
 *
 * @param java home of Java 21 or later
 */
public record DebeziumSubject(Servers servers, Path java, DebeziumMode mode) implements Subject {
  private static final String PREFIX = "bench";
  // Required by one of its libraries since Java 24.
  private static final String OPEN = "--add-opens=java.base/java.lang=ALL-UNNAMED";

  @Override
  public String name() {
    return mode.subject();
  }

  @Override
  public SubjectProcess start(WrittenLoad load, String topic) throws IOException {
    Path folder = Files.createDirectory(servers.folder().resolve(topic));
    Path config = Files.createDirectory(folder.resolve("config"));
    Files.writeString(config.resolve("application.properties"), properties(load, topic));
    Optional<ServerPosition> start = mode.start(load, servers.mysql());
    if (start.isPresent()) {
      writeOffsets(folder.resolve("offsets.dat"), start.get());
    }
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
    String value = offset(start);
    Map<byte[], byte[]> offsets = new HashMap<>();
    offsets.put(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file))) {
      out.writeObject(offsets);
    }
  }

  private static String offset(ServerPosition start) {
    String gtids = start.gtidSet().isEmpty() ? "" : "\"gtids\":\"" + start.gtidSet() + "\",";
    return "{\"ts_sec\":0,\"file\":\"%s\",\"pos\":%d,%s\"row\":0,\"event\":0}"
        .formatted(start.file(), start.offset(), gtids);
  }

  private String properties(WrittenLoad load, String topic) {
    List<String> lines = new ArrayList<>(mode.properties(load.schema()));
    lines.addAll(
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
            "debezium.source.include.schema.changes=false",
            "debezium.source.tombstones.on.delete=false",
            "debezium.source.offset.storage.file.filename=offsets.dat",
            "debezium.source.schema.history.internal=io.debezium.storage.file.history.FileSchemaHistory",
            "debezium.source.schema.history.internal.file.filename=history.dat",
            "debezium.transforms=route",
            "debezium.transforms.route.type=org.apache.kafka.connect.transforms.RegexRouter",
            // Not the rows of its own signals.
            "debezium.transforms.route.regex=" + PREFIX + "[.]" + load.schema() + "[.].*",
            "debezium.transforms.route.replacement=" + topic));
    return String.join("\n", lines);
  }
}
