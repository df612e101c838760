package io.binlogbroker.client.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.MalformedChangeException;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.client.RowChange.Operation;
import io.binlogbroker.client.RowChange.Source;
import io.binlogbroker.client.SourceTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads messages of the format {@code maxwell-json}. Stateless. */
final class MaxwellChangeReader {
  private MaxwellChangeReader() {}

  /** The change; none for what surrounds the rows of a snapshot. */
  static List<RowChange> read(JsonNode message) {
    String type = MessageJson.text(message, "type");
    return type.equals("bootstrap-start") || type.equals("bootstrap-complete")
        ? List.of()
        : List.of(change(operation(type), message));
  }

  private static RowChange change(Operation operation, JsonNode message) {
    Map<String, JsonNode> data = MessageJson.columns("data", MessageJson.field(message, "data"));
    return new RowChange(
        ChangeFormat.MAXWELL_JSON,
        operation,
        before(operation, data, message),
        operation == Operation.DELETE ? null : data,
        source(message),
        null);
  }

  private static @Nullable Map<String, JsonNode> before(
      Operation operation, Map<String, JsonNode> data, JsonNode message) {
    return switch (operation) {
      case INSERT, READ -> null;
      case DELETE -> data;
      // Missing if no old value of a changed column was logged.
      case UPDATE ->
          message.has("old") ? withOld(data, MessageJson.columns("old", message.get("old"))) : data;
    };
  }

  /** The row before an update: the row after it, with the old values of changed columns. */
  static Map<String, JsonNode> withOld(Map<String, JsonNode> data, Map<String, JsonNode> old) {
    Map<String, JsonNode> before = new LinkedHashMap<>(data);
    before.putAll(old);
    return before;
  }

  private static Operation operation(String type) {
    return switch (type) {
      case "insert" -> Operation.INSERT;
      case "update" -> Operation.UPDATE;
      case "delete" -> Operation.DELETE;
      case "bootstrap-insert" -> Operation.READ;
      default ->
          throw new MalformedChangeException(
              "Expected type insert, update, delete or bootstrap-insert but got " + type, null);
    };
  }

  private static Source source(JsonNode message) {
    return new Source(
        null,
        new SourceTable(MessageJson.text(message, "database"), MessageJson.text(message, "table")),
        null,
        null,
        null,
        millis(MessageJson.number(message, "ts")));
  }

  private static long millis(long seconds) {
    try {
      return Math.multiplyExact(seconds, 1000);
    } catch (ArithmeticException e) {
      throw new MalformedChangeException("Expected ts in seconds but got " + seconds, e);
    }
  }
}
