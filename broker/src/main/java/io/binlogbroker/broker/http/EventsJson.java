package io.binlogbroker.broker.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.broker.event.EventJson;
import io.binlogbroker.broker.event.EventRing;
import io.binlogbroker.broker.event.GroupEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers with the last events of a group, the newest first. Stateless. */
final class EventsJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EventsJson() {}

  /**
   * @param events the newest last
   * @param limit how many at most, as the client wrote it; null for all
   */
  static Answer answer(List<GroupEvent> events, @Nullable String limit) {
    if (limit != null && !isLimit(limit)) {
      return Answer.refused(400, "limit: expected a number from 1 to " + EventRing.SIZE);
    }
    int most = limit == null ? EventRing.SIZE : Integer.parseInt(limit);
    ObjectNode json = MAPPER.createObjectNode();
    ArrayNode list = json.putArray("events");
    for (int i = events.size() - 1; i >= 0 && list.size() < most; i--) {
      GroupEvent event = events.get(i);
      EventJson.put(list.addObject().put("id", event.id()), event);
    }
    return Answer.json(200, json);
  }

  private static boolean isLimit(String text) {
    return text.matches("[1-9][0-9]{0,2}") && Integer.parseInt(text) <= EventRing.SIZE;
  }
}
