package io.binlogbroker.cli;

import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * The versions of the program with its commit, of Java and of the Kafka client, as recorded by the
 * build.
 */
final class Version implements IVersionProvider {
  private static final String RESOURCE = "version.properties";

  @Override
  public String[] getVersion() {
    return new String[] {
      "binlogbroker " + ofProgram() + " (commit " + ofBuild("commit") + ")",
      "Kafka client " + ofBuild("kafka"),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
    };
  }

  /** Publishes the versions as labels of a metric. */
  static void publish(Metrics metrics) {
    metrics.gauge(
        Metric.BUILD_INFO, () -> 1, ofProgram(), ofBuild("commit"), Runtime.version().toString());
  }

  static String ofProgram() {
    return ofBuild("program");
  }

  private static String ofBuild(String key) {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      build.load(Objects.requireNonNull(in, "The jar lacks " + RESOURCE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build.getProperty(key, "unknown");
  }
}
