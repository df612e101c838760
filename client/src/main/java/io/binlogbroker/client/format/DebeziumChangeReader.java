package io.binlogbroker.client.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.RowChange;
import io.binlogbroker.client.RowChange.Source;
import io.binlogbroker.client.SourceTable;

/** Reads messages of the format {@code debezium-json}. Stateless. */
final class DebeziumChangeReader {
  private DebeziumChangeReader() {}

  static RowChange read(JsonNode message) {
    RowChange change =
        new RowChange(
            ChangeFormat.DEBEZIUM_JSON,
            JsonChangeReader.operation(MessageJson.text(message, "op")),
            MessageJson.image(message, "before"),
            MessageJson.image(message, "after"),
            source(MessageJson.field(message, "source")),
            MessageJson.number(message, "ts_ms"));
    JsonChangeReader.checkImages(change);
    return change;
  }

  private static Source source(JsonNode source) {
    return new Source(
        MessageJson.text(source, "name"),
        new SourceTable(MessageJson.text(source, "db"), MessageJson.text(source, "table")),
        MessageJson.number(source, "server_id"),
        MessageJson.textOrNull(source, "gtid"),
        JsonChangeReader.id(source),
        MessageJson.number(source, "ts_ms"));
  }
}
