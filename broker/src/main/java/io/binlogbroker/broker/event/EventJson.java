package io.binlogbroker.broker.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.engine.event.EventKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Encodes an event as JSON on one line. Stateless. */
public final class EventJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{1,64}");

  private EventJson() {}

  public static byte[] write(GroupEvent event) {
    ObjectNode json = MAPPER.createObjectNode().put("id", event.id());
    put(json, event);
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Adds what people want to know of an event. */
  public static void put(ObjectNode json, GroupEvent event) {
    json.put("time", event.time().toString());
    if (event.count() > 1) {
      json.put("last", event.last().toString()).put("count", event.count());
    }
    json.put("kind", event.kind().name().toLowerCase(Locale.ROOT))
        .put("severity", event.kind().severity().name().toLowerCase(Locale.ROOT))
        .put("host", event.host())
        .put("text", event.text());
    if (event.place() != null) {
      json.put("place", event.place());
    }
    if (event.fix() != null) {
      json.put("fix", event.fix());
    }
  }

  /**
   * @throws IOException when it is not an event, or one of a newer version
   */
  public static GroupEvent read(byte[] bytes) throws IOException {
    try {
      return read(MAPPER.readTree(bytes));
    } catch (JsonProcessingException e) {
      throw new IOException("Expected an event as JSON: " + e.getOriginalMessage(), e);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IOException("Expected an event: " + e.getMessage(), e);
    }
  }

  private static GroupEvent read(@Nullable JsonNode json) throws IOException {
    if (json == null || !json.isObject() || !ID.matcher(text(json, "id")).matches()) {
      throw new IOException("Expected an event with an id");
    }
    Instant time = Instant.parse(text(json, "time"));
    return new GroupEvent(
        text(json, "id"),
        time,
        json.has("last") ? Instant.parse(text(json, "last")) : time,
        Math.max(1, json.path("count").asLong(1)),
        text(json, "host"),
        EventKind.valueOf(text(json, "kind").toUpperCase(Locale.ROOT)),
        text(json, "text"),
        json.path("place").textValue(),
        json.path("fix").textValue());
  }

  private static String text(JsonNode json, String key) throws IOException {
    String value = json.path(key).textValue();
    if (value == null) {
      throw new IOException("Expected a text as \"" + key + "\"");
    }
    return value;
  }
}
