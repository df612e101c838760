package io.binlogbroker.engine.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.engine.relay.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Reads messages of a table whose rows have a key {@code id} and a version {@code v} that grows.
 */
final class VersionedMessages {
  private static final JsonMapper JSON = new JsonMapper();

  private VersionedMessages() {}

  /** Whether a message has the row with a key, after its change. */
  static boolean isDelivered(List<Message> messages, int id) {
    String after = "\"after\":{\"id\":" + id + ",";
    return messages.stream()
        .anyMatch(
            message -> new String(Objects.requireNonNull(message.value()), UTF_8).contains(after));
  }

  /** The table of a message's row. */
  static String table(Message message) {
    return read(message).get("source").get("table").asText();
  }

  static JsonNode read(Message message) {
    try {
      return JSON.readTree(message.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Messages that are older than one before them for the same key, and rows that are read twice.
   */
  static List<String> violations(List<Message> messages) {
    List<String> violations = new ArrayList<>();
    Map<Integer, Long> newest = new TreeMap<>();
    Map<Integer, Long> readRows = new TreeMap<>();
    for (Message message : messages) {
      JsonNode json = read(message);
      String op = json.get("op").asText();
      JsonNode row = op.equals("d") ? json.get("before") : json.get("after");
      int id = row.get("id").asInt();
      long v = row.get("v").asLong();
      if (v < newest.getOrDefault(id, -1L)) {
        violations.add("stale: " + json);
      }
      newest.merge(id, v, Math::max);
      if (op.equals("r") && readRows.put(id, v) != null) {
        violations.add("read twice: " + json);
      }
    }
    return violations;
  }

  static Map<Integer, Long> applied(List<Message> messages) {
    Map<Integer, Long> table = new TreeMap<>();
    for (Message message : messages) {
      JsonNode json = read(message);
      if (json.get("op").asText().equals("d")) {
        table.remove(json.get("before").get("id").asInt());
      } else {
        table.put(json.get("after").get("id").asInt(), json.get("after").get("v").asLong());
      }
    }
    return table;
  }
}
