package io.binlogbroker.client.mapping;

import com.fasterxml.jackson.databind.JsonNode;

/** Shortens values for error messages. Stateless. */
final class Shortened {
  private static final int MAX_LENGTH = 60;

  private Shortened() {}

  static String of(JsonNode value) {
    String text = value.toString();
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + "…";
  }
}
