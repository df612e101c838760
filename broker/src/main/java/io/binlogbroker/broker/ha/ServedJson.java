package io.binlogbroker.broker.ha;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes the {@link Served} state of a group as one line of JSON. Stateless; any thread. */
public final class ServedJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ServedJson() {}

  public static byte[] write(Served served) {
    ObjectNode json = MAPPER.createObjectNode().put("positions_topic", served.topic());
    ArrayNode epochs = json.putArray("epochs");
    served.epochs().forEach(epochs::add);
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of strings is always JSON", e);
    }
  }

  /**
   * @param where the bytes were found, for the message
   * @throws DeliveryException when it was not written by {@link #write}
   */
  public static Served read(byte[] bytes, String where) {
    try {
      JsonNode json = MAPPER.readTree(bytes);
      if (json.path("positions_topic").isTextual() && json.path("epochs").isArray()) {
        List<String> epochs = new ArrayList<>();
        json.path("epochs").forEach(epoch -> epochs.add(epoch.asText()));
        return new Served(json.path("positions_topic").asText(), epochs);
      }
      throw damaged(where, null);
    } catch (IOException e) {
      throw damaged(where, e);
    }
  }

  private static DeliveryException damaged(String where, @Nullable IOException cause) {
    return DeliveryException.fatal(
        FailureKind.POSITION_LOST,
        where
            + " is damaged, expected {\"positions_topic\": ..., \"epochs\": [...]}; fix: `binlogbroker"
            + " position set --from-kafka` continues from Kafka's position, `binlogbroker position"
            + " reset` starts at the latest",
        cause);
  }
}
