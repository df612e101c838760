package io.binlogbroker.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** The main class of a {@link KafkaServer}'s process: formats the storage once, then serves. */
final class KafkaMain {
  private KafkaMain() {}

  /** Takes the path of a server.properties file. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    if (!isFormatted(file)) {
      format(file);
    }
    Kafka.main(new String[] {file.toString()});
  }

  private static boolean isFormatted(Path file) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return Files.exists(Path.of(properties.getProperty("log.dirs"), "meta.properties"));
  }

  private static void format(Path file) {
    String cluster = Uuid.randomUuid().toString();
    String[] arguments = {"format", "--cluster-id", cluster, "--config", file.toString()};
    int status = StorageTool.execute(arguments, System.out);
    if (status != 0) {
      throw new IllegalStateException("Formatting Kafka's storage ended with status " + status);
    }
  }
}
