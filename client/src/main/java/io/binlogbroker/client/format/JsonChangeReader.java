package io.binlogbroker.client.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.ChangeId;
import io.binlogbroker.client.MalformedChangeException;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.client.RowChange.Operation;
import io.binlogbroker.client.RowChange.Source;
import io.binlogbroker.client.SourceTable;

/** Reads messages of the format {@code json}. Stateless. */
final class JsonChangeReader {
  private JsonChangeReader() {}

  static RowChange read(JsonNode message) {
    RowChange change =
        new RowChange(
            ChangeFormat.JSON,
            operation(MessageJson.text(message, "op")),
            MessageJson.image(message, "before"),
            MessageJson.image(message, "after"),
            source(MessageJson.field(message, "source")),
            MessageJson.number(message, "ts_ms"));
    checkImages(change);
    return change;
  }

  static void checkImages(RowChange change) {
    Operation operation = change.operation();
    boolean needsBefore = operation == Operation.UPDATE || operation == Operation.DELETE;
    boolean needsAfter = operation != Operation.DELETE;
    if (needsBefore != (change.before() != null) || needsAfter != (change.after() != null)) {
      throw new MalformedChangeException(
          "The images of change "
              + change.source().id()
              + " do not match its op: before is "
              + (change.before() == null ? "null" : "not null")
              + ", after is "
              + (change.after() == null ? "null" : "not null")
              + " for "
              + change.operation(),
          null);
    }
  }

  static Operation operation(String op) {
    return switch (op) {
      case "c" -> Operation.INSERT;
      case "u" -> Operation.UPDATE;
      case "d" -> Operation.DELETE;
      case "r" -> Operation.READ;
      default -> throw new MalformedChangeException("Expected op c, u, d or r but got " + op, null);
    };
  }

  private static Source source(JsonNode source) {
    return new Source(
        MessageJson.text(source, "group"),
        new SourceTable(MessageJson.text(source, "db"), MessageJson.text(source, "table")),
        MessageJson.number(source, "server_id"),
        MessageJson.textOrNull(source, "gtid"),
        id(source),
        MessageJson.number(source, "ts_ms"));
  }

  static ChangeId id(JsonNode source) {
    String file = MessageJson.text(source, "file");
    long pos = MessageJson.number(source, "pos");
    long row = MessageJson.number(source, "row");
    try {
      return new ChangeId(file, pos, row);
    } catch (IllegalArgumentException e) {
      throw new MalformedChangeException(String.valueOf(e.getMessage()), e);
    }
  }
}
