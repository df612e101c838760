package io.binlogbroker.broker.ha;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes the active configuration in the form that every store keeps: one line of JSON. Stateless;
 * any thread.
 */
public final class AppliedConfigJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private AppliedConfigJson() {}

  public static byte[] write(AppliedConfig applied, Instant savedAt) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("revision", applied.revision());
    json.put("saved_at", savedAt.toString());
    json.put("rules", applied.rules());
    ArrayNode earlier = json.putArray("earlier_rules");
    applied.earlier().forEach(earlier::add);
    json.put("text", applied.text());
    json.put("broker", applied.broker());
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of strings and numbers is always JSON", e);
    }
  }

  /**
   * @param where the bytes were found, for the message
   * @throws DeliveryException when it was not written by {@link #write}; the message does not quote
   *     it
   */
  public static AppliedConfig read(byte[] bytes, String where) {
    JsonNode json;
    try {
      json = MAPPER.readTree(bytes);
    } catch (IOException e) {
      throw damaged(where); // the cause would reveal the text
    }
    if (!json.path("revision").isIntegralNumber()
        || !json.path("text").isTextual()
        || !json.path("rules").isTextual()
        || !json.path("earlier_rules").isArray()) {
      throw damaged(where);
    }
    List<String> earlier = new ArrayList<>();
    json.path("earlier_rules").forEach(digest -> earlier.add(digest.asText()));
    return new AppliedConfig(
        json.path("revision").asLong(),
        json.path("text").asText(),
        json.path("broker").asText(),
        json.path("rules").asText(),
        earlier);
  }

  private static DeliveryException damaged(String where) {
    return DeliveryException.retriable(
        FailureKind.CONFIGURATION,
        where
            + " is damaged, expected a record of the configuration in force; fix: correct the"
            + " configuration, which is then recorded again, or remove the record if the last"
            + " master followed the configuration this broker was started with",
        null);
  }
}
