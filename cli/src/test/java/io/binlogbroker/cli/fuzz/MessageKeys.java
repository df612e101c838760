package io.binlogbroker.cli.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.ChangeId;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.ChangeRecord.Half;
import io.binlogbroker.client.RowChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares each message's key with the row's primary key, or the unique key that the server uses
 * instead. One thread.
 */
final class MessageKeys {
  private final boolean byPrimaryKey;
  private final Map<String, List<Keyed>> messages = new HashMap<>();

  /** A message's key and the row that it is built from. */
  private record Keyed(ChangeId id, String key, Map<String, JsonNode> row) {}

  MessageKeys(boolean byPrimaryKey) {
    this.byPrimaryKey = byPrimaryKey;
  }

  void accept(ChangeRecord message) {
    RowChange change = message.change();
    boolean leaves = change.after() == null || message.half() == Half.LEAVES;
    Map<String, JsonNode> row = leaves ? change.before() : change.after();
    if (byPrimaryKey && row != null) {
      messages
          .computeIfAbsent(change.source().table().table(), name -> new ArrayList<>())
          .add(new Keyed(change.source().id(), message.key(), row));
    }
  }

  /** The messages of a table's life with a wrong key. */
  List<String> differences(TableLife life) {
    List<String> differences = new ArrayList<>();
    for (Keyed message : messages.getOrDefault(life.table().name(), List.of())) {
      String expected = expected(life, message.row());
      if (life.covers(message.id()) && expected != null && !expected.equals(message.key())) {
        differences.add(
            "%s of %s expected the key %s but found %s"
                .formatted(message.id(), life.table().path(), expected, message.key()));
      }
    }
    return differences.subList(0, Math.min(5, differences.size()));
  }

  /**
   * Null if the row does not determine it: a minimal image may lack it, a float has several texts.
   */
  private static @Nullable String expected(TableLife life, Map<String, JsonNode> row) {
    List<String> columns = life.primaryKey();
    List<String> values = new ArrayList<>();
    for (String column : columns) {
      JsonNode cell = row.get(column);
      boolean exact = cell != null && (cell.isTextual() || cell.isIntegralNumber());
      if (!exact) {
        return null;
      }
      values.add(cell.asText());
    }
    return switch (values.size()) {
      case 0 -> life.table().name();
      case 1 -> values.get(0);
      default ->
          String.join(
              ",", values.stream().map(v -> v.replace("\\", "\\\\").replace(",", "\\,")).toList());
    };
  }
}
