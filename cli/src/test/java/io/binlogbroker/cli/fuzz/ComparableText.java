package io.binlogbroker.cli.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.broker.fixture.SelectedAs;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The canonical text of a value, from SELECT or from a message. Stateless. */
final class ComparableText {
  private static final int LONG = 120;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private ComparableText() {}

  static @Nullable String ofSelected(SelectedAs as, @Nullable String selected) {
    // In a message, SQL NULL and the JSON document null are the same.
    if (selected == null || as == SelectedAs.JSON && selected.equals("null")) {
      return null;
    }
    return brief(
        switch (as) {
          case NUMBER -> number(new BigDecimal(selected));
          case FLOAT -> String.valueOf((float) Double.parseDouble(selected) + 0f);
          case DOUBLE -> String.valueOf(Double.parseDouble(selected) + 0d);
          case TIMESTAMP -> selected.startsWith("0000-00-00") ? selected : selected + "Z";
          case JSON -> document(selected);
          case TEXT, BINARY, GEOMETRY, GEOGRAPHY -> selected;
        });
  }

  static @Nullable String ofMessage(SelectedAs as, JsonNode message) {
    // The value of a NOT NULL column without a default: zero bytes, which MariaDB shows as NULL.
    boolean empty = as == SelectedAs.GEOMETRY && message.path("wkb").asText().isEmpty();
    if (message.isNull() || empty) {
      return null;
    }
    return brief(
        switch (as) {
          case NUMBER -> number(message.decimalValue());
          case FLOAT -> String.valueOf(Float.parseFloat(message.asText()) + 0f);
          case DOUBLE -> String.valueOf(Double.parseDouble(message.asText()) + 0d);
          case TIMESTAMP, TEXT, BINARY -> message.isTextual() ? message.textValue() : "no text";
          case JSON -> document(message);
          case GEOMETRY, GEOGRAPHY ->
              message.path("srid").asText() + " " + message.path("wkb").asText();
        });
  }

  /** Large values are represented by a digest. */
  private static String brief(String text) {
    if (text.length() <= LONG) {
      return text;
    }
    UUID digest = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    return text.substring(0, 30) + "… of " + text.length() + ", " + digest;
  }

  private static String number(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
  }

  private static String document(String json) {
    try {
      return document(MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw new AssertionError("The server shows something else than JSON: " + json, e);
    }
  }

  private static String document(JsonNode node) {
    StringBuilder text = new StringBuilder();
    append(node, text);
    return text.toString();
  }

  private static void append(JsonNode node, StringBuilder text) {
    if (node.isNumber()) {
      text.append(number(node.decimalValue()));
    } else if (node.isArray()) {
      text.append('[');
      for (JsonNode each : node) {
        append(each, text);
        text.append(',');
      }
      text.append(']');
    } else if (node.isObject()) {
      text.append('{');
      for (Iterator<Map.Entry<String, JsonNode>> each = node.fields(); each.hasNext(); ) {
        Map.Entry<String, JsonNode> member = each.next();
        text.append(member.getKey()).append(':');
        append(member.getValue(), text);
        text.append(',');
      }
      text.append('}');
    } else {
      text.append(node);
    }
  }
}
