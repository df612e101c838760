package io.binlogbroker.broker.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What is wrong with a group, and the fix.
 *
 * @param problem a sentence
 * @param fix what to do
 */
record Problem(String group, String problem, String fix) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** 200 where there are none, otherwise 503 with all of them. */
  static Answer answer(List<Problem> problems) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("status", problems.isEmpty() ? "ok" : "failed");
    json.set("problems", MAPPER.valueToTree(problems));
    return Answer.json(problems.isEmpty() ? 200 : 503, json);
  }
}
