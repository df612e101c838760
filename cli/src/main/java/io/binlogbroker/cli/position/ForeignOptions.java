package io.binlogbroker.cli.position;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.kafka.ConnectOffsets;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.cli.group.UsageException;
import io.binlogbroker.cli.position.foreign.CanalCursor;
import io.binlogbroker.cli.position.foreign.DebeziumOffset;
import io.binlogbroker.cli.position.foreign.DebeziumOffsets;
import io.binlogbroker.cli.position.foreign.ForeignPosition;
import io.binlogbroker.cli.position.foreign.MaxwellPosition;
import io.binlogbroker.cli.position.foreign.MaxwellTable;
import io.binlogbroker.cli.position.foreign.OffsetsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select a position of another program, and where it is stored. */
final class ForeignOptions {
  private static final String GIVEN_JSON = "the text of --json";
  private static final long MAX_FILE_BYTES = 64L << 20;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "PROGRAM",
      description = "The program that stored the position: debezium, maxwell or canal.")
  private PositionSource from = PositionSource.DEBEZIUM;

  @Option(
      names = "--json",
      paramLabel = "TEXT",
      description =
          "The position as JSON: the value of Debezium's offset, a row of Maxwell's table"
              + " positions, or Canal's cursor, as in ZooKeeper.")
  private @Nullable String json;

  @Option(
      names = "--from-file",
      paramLabel = "FILE",
      description =
          "The file with the position: Debezium Server's offset.storage.file.filename, or Canal's"
              + " meta.dat.")
  private @Nullable Path file;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      defaultValue = "connect-offsets",
      description =
          "Debezium: offset.storage.topic of the Kafka Connect workers. Default:"
              + " ${DEFAULT-VALUE}.")
  private String topic = "";

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "Debezium: the Kafka that has that topic. Default: KafkaAddr.")
  private List<String> kafka = List.of();

  @Option(
      names = "--connector",
      paramLabel = "NAME",
      description = "Debezium: the connector's name, if there are several.")
  private @Nullable String connector;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "Debezium: the connector's topic.prefix, if it had several.")
  private @Nullable String prefix;

  @Option(
      names = "--schema",
      paramLabel = "SCHEMA",
      defaultValue = "maxwell",
      description = "Maxwell: the schema with its tables. Default: ${DEFAULT-VALUE}.")
  private String schema = "";

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      description =
          "Maxwell: its client_id, by default maxwell. Canal: the client in meta.dat, if there are"
              + " several.")
  private @Nullable String clientId;

  /** Reads the position from where it is stored. */
  ForeignPosition read(String group, Config config) {
    if (json != null && file != null) {
      throw new UsageException("Expected either --json or --from-file; got both");
    }
    return switch (from) {
      case DEBEZIUM -> debezium(group, config);
      case MAXWELL -> maxwell(group, config);
      case CANAL -> canal();
    };
  }

  private ForeignPosition debezium(String group, Config config) {
    if (json != null) {
      return DebeziumOffset.read(bytes(json), GIVEN_JSON);
    }
    if (file != null) {
      String origin = "file " + file;
      DebeziumOffsets offsets =
          new DebeziumOffsets(OffsetsFile.read(content(file), origin), origin);
      return offsets.select(connector, prefix);
    }
    KafkaSettings own = KafkaSettings.of(group, config.broker().kafka());
    KafkaSettings settings = kafka.isEmpty() ? own : own.withAddresses(kafka);
    DebeziumOffsets offsets =
        new DebeziumOffsets(new ConnectOffsets(settings).newest(topic), "topic " + topic);
    return offsets.select(connector, prefix);
  }

  private ForeignPosition maxwell(String group, Config config) {
    if (file != null) {
      throw new UsageException("Maxwell stores its position in MySQL: --from-file does not apply");
    }
    return json != null
        ? MaxwellPosition.read(json, GIVEN_JSON)
        : new MaxwellTable(config.sourceOptions(group), schema)
            .read(clientId == null ? "maxwell" : clientId);
  }

  private ForeignPosition canal() {
    if (json != null) {
      return CanalCursor.read(bytes(json), clientId, GIVEN_JSON);
    }
    if (file == null) {
      throw new UsageException(
          "Expected --from-file with Canal's meta.dat, or --json with its cursor, the value of"
              + " /otter/canal/destinations/INSTANCE/1001/cursor in ZooKeeper");
    }
    return CanalCursor.read(content(file), clientId, "file " + file);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] content(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_FILE_BYTES) {
        throw new UsageException(
            file + " has " + size + " bytes; a file with a position has at most " + MAX_FILE_BYTES);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UsageException("Cannot read " + file + ": " + e);
    }
  }
}
