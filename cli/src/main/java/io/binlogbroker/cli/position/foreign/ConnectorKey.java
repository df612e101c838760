package io.binlogbroker.cli.position.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The key under which Kafka Connect stores an offset of Debezium: {@code
 * ["connector",{"server":"prefix"}]}.
 *
 * @param connector its name; Debezium Server uses that of its sink
 * @param prefix its {@code topic.prefix}
 */
record ConnectorKey(String connector, String prefix) implements Comparable<ConnectorKey> {
  private static final Comparator<ConnectorKey> ORDER =
      Comparator.comparing(ConnectorKey::connector).thenComparing(ConnectorKey::prefix);

  /** Null for a key of another kind. */
  static @Nullable ConnectorKey read(String key) {
    JsonNode tree = StrictJson.tree(key.getBytes(StandardCharsets.UTF_8), "an offset's key");
    JsonNode connector = tree.path(0);
    JsonNode prefix = tree.path(1).path("server");
    return tree.isArray() && tree.size() == 2 && connector.isTextual() && prefix.isTextual()
        ? new ConnectorKey(connector.textValue(), prefix.textValue())
        : null;
  }

  @Override
  public int compareTo(ConnectorKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "connector " + connector + " (topic.prefix " + prefix + ")";
  }
}
