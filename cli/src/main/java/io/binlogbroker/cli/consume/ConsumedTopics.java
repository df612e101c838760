package io.binlogbroker.cli.consume;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.source.SourceConfig;
import io.binlogbroker.broker.kafka.KafkaProperties;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.engine.route.Route;
import io.binlogbroker.engine.route.Routes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options that select the Kafka cluster and its topics. */
final class ConsumedTopics {
  private static final int TIMEOUT_MILLIS = 15_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-b", "--bootstrap"},
      paramLabel = "HOST:PORT,...",
      description = "Servers of the Kafka cluster.")
  private @Nullable String bootstrap;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "The broker's configuration: names the Kafka cluster and, unless topics are given, those"
              + " of its tables.")
  private @Nullable Path file;

  @Parameters(paramLabel = "TOPIC", arity = "0..*", description = "The topics to read.")
  private List<String> given = new ArrayList<>();

  /** For Kafka's consumer. */
  Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    if (file != null) {
      KafkaSettings settings = KafkaSettings.of("consume", config().broker().kafka());
      properties.putAll(new KafkaProperties(settings).consumer());
    }
    if (bootstrap != null) {
      properties.put("bootstrap.servers", bootstrap);
    }
    if (properties.isEmpty()) {
      throw fault("Missing -b: name Kafka's servers, such as -b localhost:9092, or give -c FILE");
    }
    properties.put("default.api.timeout.ms", TIMEOUT_MILLIS);
    return properties;
  }

  List<String> names() {
    if (!given.isEmpty()) {
      return given;
    }
    List<String> known = file == null ? List.of() : topicsOf(config().source());
    if (known.isEmpty()) {
      throw fault("Missing topics to read, such as mall_db");
    }
    return known;
  }

  private Config config() {
    return new ConfigReader().read(Objects.requireNonNull(file));
  }

  private static List<String> topicsOf(SourceConfig source) {
    Routes routes = source.routes(false);
    return routes.namedTables().stream()
        .map(table -> routes.find(table.schema(), table.table()))
        .filter(Objects::nonNull)
        .map(Route::topic)
        .distinct()
        .toList();
  }

  private ParameterException fault(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  @Override
  public String toString() {
    return "Kafka" + (bootstrap == null ? "" : " at " + bootstrap);
  }
}
