package io.binlogbroker.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.client.RowChange.Source;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts a change to the structure of the format {@code json}. Stateless. */
final class ChangeJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ChangeJson() {}

  static ObjectNode of(RowChange change) {
    ObjectNode json = NODES.objectNode();
    json.put(
        "op",
        switch (change.operation()) {
          case INSERT -> "c";
          case UPDATE -> "u";
          case DELETE -> "d";
          case READ -> "r";
        });
    json.set("before", image(change.before()));
    json.set("after", image(change.after()));
    json.set("source", source(change.source()));
    if (change.writtenMillis() != null) {
      json.put("ts_ms", change.writtenMillis());
    }
    if (!change.leftOut().isEmpty()) {
      change.leftOut().forEach(json.putArray("trimmed")::add);
    }
    return json;
  }

  private static JsonNode image(@Nullable Map<String, JsonNode> row) {
    return row == null ? NODES.nullNode() : NODES.objectNode().setAll(row);
  }

  private static ObjectNode source(Source source) {
    ObjectNode json = NODES.objectNode();
    if (source.group() != null) {
      json.put("group", source.group());
    }
    json.put("db", source.table().db()).put("table", source.table().table());
    if (source.serverId() != null) {
      json.put("server_id", source.serverId());
    }
    if (source.gtid() != null) {
      json.put("gtid", source.gtid());
    }
    ChangeId id = source.id();
    if (id != null) {
      json.put("file", id.file()).put("pos", id.pos()).put("row", id.row());
    }
    if (source.committedMillis() != null) {
      json.put("ts_ms", source.committedMillis());
    }
    return json;
  }
}
