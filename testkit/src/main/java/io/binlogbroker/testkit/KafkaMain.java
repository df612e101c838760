package io.binlogbroker.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * The main class of a {@link KafkaServer}'s process: formats the storage at the first start,
 * unregisters the broker after a kill, and starts Kafka.
 */
final class KafkaMain {
  private KafkaMain() {}

  /** Takes the path of a server.properties file. */
  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    Properties properties = load(file);
    Path data = Path.of(properties.getProperty("log.dirs"));
    if (!Files.exists(data.resolve("meta.properties"))) {
      format(file);
    } else if (!Files.exists(data.resolve(".kafka_cleanshutdown"))) {
      new KilledBroker(properties).unregister();
    }
    Kafka.main(new String[] {file.toString()});
  }

  private static Properties load(Path file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return properties;
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
