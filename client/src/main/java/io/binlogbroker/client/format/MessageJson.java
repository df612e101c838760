package io.binlogbroker.client.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.client.MalformedChangeException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses JSON without losing digits of numbers, and extracts the fields of messages. Stateless. */
public final class MessageJson {
  private static final ObjectReader READER = reader();

  private MessageJson() {}

  private static ObjectReader reader() {
    // A cell may be as long as a message. Numbers and nesting keep Jackson's limits of 1000 digits
    // and levels: MySQL's are smaller, and reading more takes more than linear time or stack.
    StreamReadConstraints longStrings =
        StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(longStrings).build())
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build()
        .readerFor(JsonNode.class);
  }

  static JsonNode read(byte[] json) {
    try {
      return READER.readTree(json);
    } catch (IOException | RuntimeException e) { // Jackson does not wrap exceptions of numbers.
      throw new MalformedChangeException("Expected a change as JSON: " + e.getMessage(), e);
    }
  }

  /**
   * Parses the document in the text of a column.
   *
   * @throws IOException if it is not JSON
   */
  public static JsonNode document(String text) throws IOException {
    try {
      return READER.readTree(text);
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IOException("Number out of Java's range: " + e.getMessage(), e);
    }
  }

  static @Nullable Map<String, JsonNode> image(JsonNode message, String name) {
    JsonNode image = field(message, name);
    return image.isNull() ? null : columns(name, image);
  }

  static Map<String, JsonNode> columns(String name, JsonNode image) {
    if (!image.isObject()) {
      throw unexpected(name, "an object or null", image);
    }
    Map<String, JsonNode> columns = new LinkedHashMap<>(image.size() * 2);
    image.properties().forEach(column -> columns.put(column.getKey(), column.getValue()));
    return columns;
  }

  static String text(JsonNode node, String name) {
    JsonNode value = field(node, name);
    if (!value.isTextual()) {
      throw unexpected(name, "a string", value);
    }
    return value.asText();
  }

  static @Nullable String textOrNull(JsonNode node, String name) {
    return field(node, name).isNull() ? null : text(node, name);
  }

  static long number(JsonNode node, String name) {
    JsonNode value = field(node, name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw unexpected(name, "a whole number", value);
    }
    return value.asLong();
  }

  static JsonNode field(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new MalformedChangeException("Expected a change with a field " + name, null);
    }
    return value;
  }

  static MalformedChangeException unexpected(String name, String wanted, JsonNode got) {
    return new MalformedChangeException(
        "Expected " + wanted + " in field " + name + " but got " + got.getNodeType(), null);
  }
}
