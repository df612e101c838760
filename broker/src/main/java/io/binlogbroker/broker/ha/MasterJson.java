package io.binlogbroker.broker.ha;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.relay.RulesStatus;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Encodes a master as JSON, which is also meant for people. Stateless. */
public final class MasterJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private MasterJson() {}

  public static String write(Master master) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("host", master.host()).put("pid", master.pid());
    json.put("since", master.since().toString());
    RulesStatus rules = master.rules();
    if (rules != null) {
      put(json, rules);
    }
    return json.toString();
  }

  /** Adds the status of a broker's rules. */
  public static void put(ObjectNode json, RulesStatus rules) {
    json.put("applied_revision", rules.appliedRevision());
    BinlogPosition from = rules.from();
    if (from != null) {
      json.put("applied_file", from.file()).put("applied_pos", from.offset());
    }
    if (rules.refusal() != null) {
      json.put("refused_revision", rules.refusedRevision()).put("refusal", rules.refusal());
    }
  }

  /**
   * @return null when the text does not describe a master: it may be incomplete
   */
  public static @Nullable Master read(String text) {
    try {
      JsonNode json = MAPPER.readTree(text);
      if (!json.path("host").isTextual() || !json.path("pid").isIntegralNumber()) {
        return null;
      }
      Instant since = Instant.parse(json.path("since").asText());
      return new Master(json.path("host").asText(), json.path("pid").asLong(), since, rules(json));
    } catch (JsonProcessingException | DateTimeException e) {
      return null;
    }
  }

  private static @Nullable RulesStatus rules(JsonNode json) {
    if (!json.has("applied_revision")) {
      return null;
    }
    return new RulesStatus(
        json.path("applied_revision").asLong(),
        from(json),
        json.path("refused_revision").asLong(),
        json.path("refusal").textValue());
  }

  private static @Nullable BinlogPosition from(JsonNode json) {
    String file = json.path("applied_file").textValue();
    return file == null ? null : new BinlogPosition(file, json.path("applied_pos").asLong());
  }
}
