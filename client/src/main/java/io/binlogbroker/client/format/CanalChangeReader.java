package io.binlogbroker.client.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.MalformedChangeException;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.client.RowChange.Operation;
import io.binlogbroker.client.RowChange.Source;
import io.binlogbroker.client.SourceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads messages of the format {@code canal-json}. Stateless. */
final class CanalChangeReader {
  private CanalChangeReader() {}

  static List<RowChange> read(JsonNode message) {
    Operation operation = operation(MessageJson.text(message, "type"));
    JsonNode data = rows(message, "data");
    JsonNode old = operation == Operation.UPDATE ? rows(message, "old") : data;
    if (old.size() != data.size()) {
      throw new MalformedChangeException(
          "Expected as many rows in old as in data but got " + old.size() + " and " + data.size(),
          null);
    }
    Source source = source(message);
    long written = MessageJson.number(message, "ts");
    List<RowChange> changes = new ArrayList<>(data.size());
    for (int i = 0; i < data.size(); i++) {
      changes.add(change(operation, data.get(i), old.get(i), source, written));
    }
    return changes;
  }

  private static RowChange change(
      Operation operation, JsonNode data, JsonNode old, Source source, long written) {
    Map<String, JsonNode> row = MessageJson.columns("data", data);
    Map<String, JsonNode> before =
        switch (operation) {
          case INSERT, READ -> null; // in this format, a row of a snapshot is an insert
          case DELETE -> row;
          case UPDATE -> MaxwellChangeReader.withOld(row, MessageJson.columns("old", old));
        };
    Map<String, JsonNode> after = operation == Operation.DELETE ? null : row;
    return new RowChange(ChangeFormat.CANAL_JSON, operation, before, after, source, written);
  }

  private static JsonNode rows(JsonNode message, String name) {
    JsonNode rows = MessageJson.field(message, name);
    if (!rows.isArray()) {
      throw MessageJson.unexpected(name, "an array of rows", rows);
    }
    return rows;
  }

  private static Operation operation(String type) {
    return switch (type) {
      case "INSERT" -> Operation.INSERT;
      case "UPDATE" -> Operation.UPDATE;
      case "DELETE" -> Operation.DELETE;
      default ->
          throw new MalformedChangeException(
              "Expected type INSERT, UPDATE or DELETE but got " + type, null);
    };
  }

  private static Source source(JsonNode message) {
    String gtid = message.path("gtid").asText("");
    return new Source(
        null,
        new SourceTable(MessageJson.text(message, "database"), MessageJson.text(message, "table")),
        null,
        gtid.isEmpty() ? null : gtid,
        null,
        MessageJson.number(message, "es"));
  }
}
