package io.binlogbroker.broker.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * The response to a request. Immutable.
 *
 * @param headers besides {@code Content-Type}
 */
record Answer(int status, String type, String text, Map<String, String> headers) {
  static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";

  Answer {
    headers = Map.copyOf(headers);
  }

  /** A response with status 200. */
  static Answer ok(String type, String text) {
    return new Answer(200, type, text, Map.of());
  }

  /** A JSON document, indented. */
  static Answer json(int status, JsonNode json) {
    return new Answer(status, JSON, json.toPrettyString() + "\n", Map.of());
  }

  /** A refusal: one line that says why. */
  static Answer refused(int status, String reason) {
    return new Answer(status, TEXT, reason.isEmpty() ? "" : reason + "\n", Map.of());
  }

  /** A copy with another header. */
  Answer with(String name, String value) {
    return new Answer(status, type, text, Map.of(name, value));
  }
}
