package io.binlogbroker.client.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.client.RowChange.Source;
import io.binlogbroker.client.TableName;

/** Reads messages of the format {@code debezium-json}. Stateless. */
final class DebeziumChangeReader {
  private DebeziumChangeReader() {}

  static RowChange read(JsonNode message) {
    RowChange change =
        new RowChange(
            MessageFormat.DEBEZIUM_JSON,
            JsonChangeReader.operation(JsonTree.text(message, "op")),
            JsonTree.image(message, "before"),
            JsonTree.image(message, "after"),
            source(JsonTree.field(message, "source")),
            JsonTree.number(message, "ts_ms"));
    JsonChangeReader.checkImages(change);
    return change;
  }

  private static Source source(JsonNode source) {
    return new Source(
        JsonTree.text(source, "name"),
        new TableName(JsonTree.text(source, "db"), JsonTree.text(source, "table")),
        JsonTree.number(source, "server_id"),
        JsonTree.textOrNull(source, "gtid"),
        JsonChangeReader.id(source),
        JsonTree.number(source, "ts_ms"));
  }
}
