package io.binlogbroker.client.mapping;

import com.fasterxml.jackson.databind.JsonNode;

/** A value as an error shows it. Stateless. */
final class Shortened {
  private static final int LONGEST = 60;

  private Shortened() {}

  static String of(JsonNode value) {
    String text = value.toString();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
