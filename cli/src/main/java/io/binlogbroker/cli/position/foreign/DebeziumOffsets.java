package io.binlogbroker.cli.position.foreign;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Selects the offset of one connector of Debezium among all that are stored. Immutable. */
public final class DebeziumOffsets {
  private final Map<String, byte[]> byKey;
  private final String origin;

  /**
   * @param byKey the stored values by the text of their keys
   * @param origin the file or topic
   */
  public DebeziumOffsets(Map<String, byte[]> byKey, String origin) {
    this.byKey = new TreeMap<>(byKey);
    this.origin = origin;
  }

  /**
   * @param connector its name; null where only one connector of Debezium has an offset
   * @param prefix its topic.prefix; null where this is certain without it
   */
  public ForeignPosition select(@Nullable String connector, @Nullable String prefix) {
    Map<ConnectorKey, byte[]> all = debezium();
    Map<ConnectorKey, byte[]> selected = new TreeMap<>(all);
    selected
        .keySet()
        .removeIf(
            key ->
                connector != null && !connector.equals(key.connector())
                    || prefix != null && !prefix.equals(key.prefix()));
    if (selected.size() != 1) {
      throw fault(selected.isEmpty() ? all : selected, selected.isEmpty());
    }
    Map.Entry<ConnectorKey, byte[]> only = selected.entrySet().iterator().next();
    return DebeziumOffset.read(only.getValue(), origin + ", " + only.getKey());
  }

  private Map<ConnectorKey, byte[]> debezium() {
    Map<ConnectorKey, byte[]> found = new TreeMap<>();
    byKey.forEach(
        (key, value) -> {
          ConnectorKey connector = connectorKey(key);
          if (connector != null) {
            found.put(connector, value);
          }
        });
    return found;
  }

  /** A topic may have keys of other connectors, of any form. */
  private static @Nullable ConnectorKey connectorKey(String key) {
    try {
      return ConnectorKey.read(key);
    } catch (DeliveryException e) {
      return null;
    }
  }

  private DeliveryException fault(Map<ConnectorKey, byte[]> candidates, boolean none) {
    String names =
        candidates.keySet().stream().map(ConnectorKey::toString).collect(Collectors.joining(", "));
    String what =
        candidates.isEmpty()
            ? "has no offset of a Debezium connector"
            : (none ? "has no offset of that connector, but of " : "has offsets of ")
                + names
                + ": select one with --connector and --topic-prefix";
    return DeliveryException.fatal(FailureKind.INVALID_ARGUMENT, "The " + origin + " " + what);
  }
}
