package io.binlogbroker.broker;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.RowChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A message of a row of {@link CharacterTables}, to be held against the server's own conversion.
 *
 * @param place table and id
 * @param text characters with commas between them
 */
record ServerCharacters(String place, String text) {
  /** What docs/types.md promises where the server says {@code ?} or U+FFFD: beside U+FFFD. */
  private static final Map<String, String> BEYOND_THE_SERVER =
      Map.of(
          "big5",
          "\uFF3F\u2571\u2572\u5341\u5345",
          "gbk",
          "\u20AC" + privateUse(0xE864),
          "euckr",
          privateUse(0xE0BB));

  private static String privateUse(int last) {
    StringBuilder characters = new StringBuilder();
    for (int point = 0xE000; point <= last; point++) {
      characters.appendCodePoint(point);
    }
    return characters.toString();
  }

  static ServerCharacters of(RowChange change) {
    Map<String, JsonNode> row = Objects.requireNonNull(change.after());
    return new ServerCharacters(
        change.source().table().table() + " " + cell(row, "id").asText(),
        cell(row, "v").textValue());
  }

  private static JsonNode cell(Map<String, JsonNode> row, String column) {
    return Objects.requireNonNull(row.get(column), column);
  }

  /** Where it has other characters than the server; empty when nowhere. */
  List<String> differences(String selected) {
    String[] server = selected.split(",", -1);
    String[] message = text.split(",", -1);
    if (server.length != message.length) {
      return List.of(
          "%s: the server has %d characters but the message %d"
              .formatted(place, server.length, message.length));
    }
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < server.length; i++) {
      if (!server[i].equals(message[i]) && !isPromised(server[i], message[i])) {
        differences.add(
            "%s: the server says %s but the message %s"
                .formatted(place, points(server[i]), points(message[i])));
      }
    }
    return differences;
  }

  private boolean isPromised(String server, String message) {
    if (!server.equals("?") && !server.equals("\uFFFD")) {
      return false;
    }
    String charset = place.substring(0, place.indexOf(' '));
    return message.equals("\uFFFD")
        || message.length() == 1 && BEYOND_THE_SERVER.getOrDefault(charset, "").contains(message);
  }

  private static String points(String text) {
    return text.codePoints().mapToObj("U+%04X"::formatted).collect(joining(" "));
  }
}
