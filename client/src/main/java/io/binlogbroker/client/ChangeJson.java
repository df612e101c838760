package io.binlogbroker.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.client.RowChange.Operation;
import io.binlogbroker.client.RowChange.Source;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads messages of the format {@code json}. Stateless. */
final class ChangeJson {
  private static final ObjectReader READER = reader();

  private ChangeJson() {}

  private static ObjectReader reader() {
    // A cell may be as long as a message; Jackson's own limits are meant for strangers' input.
    StreamReadConstraints unlimited =
        StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(unlimited).build())
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build()
        .readerFor(JsonNode.class);
  }

  static RowChange parse(byte[] json) {
    JsonNode message = tree(json);
    RowChange change =
        new RowChange(
            operation(text(message, "op")),
            image(message, "before"),
            image(message, "after"),
            source(field(message, "source")),
            number(message, "ts_ms"));
    checkImages(change);
    return change;
  }

  private static JsonNode tree(byte[] json) {
    try {
      return READER.readTree(json);
    } catch (IOException e) {
      throw new MalformedChangeException("Expected a change as JSON: " + e.getMessage(), e);
    }
  }

  private static void checkImages(RowChange change) {
    boolean wantsBefore = change.operation() != Operation.INSERT;
    boolean wantsAfter = change.operation() != Operation.DELETE;
    if (wantsBefore != (change.before() != null) || wantsAfter != (change.after() != null)) {
      throw new MalformedChangeException(
          "The images of "
              + change.source().id()
              + " do not go with its op: before is "
              + (change.before() == null ? "null" : "there")
              + ", after is "
              + (change.after() == null ? "null" : "there")
              + " for "
              + change.operation(),
          null);
    }
  }

  private static Operation operation(String op) {
    return switch (op) {
      case "c" -> Operation.INSERT;
      case "u" -> Operation.UPDATE;
      case "d" -> Operation.DELETE;
      default -> throw new MalformedChangeException("Expected op c, u or d but got " + op, null);
    };
  }

  private static Source source(JsonNode source) {
    JsonNode gtid = field(source, "gtid");
    return new Source(
        text(source, "group"),
        new TableName(text(source, "db"), text(source, "table")),
        number(source, "server_id"),
        gtid.isNull() ? null : gtid.asText(),
        id(source),
        number(source, "ts_ms"));
  }

  private static ChangeId id(JsonNode source) {
    try {
      return new ChangeId(text(source, "file"), number(source, "pos"), number(source, "row"));
    } catch (IllegalArgumentException e) {
      throw new MalformedChangeException(String.valueOf(e.getMessage()), e);
    }
  }

  private static @Nullable Map<String, JsonNode> image(JsonNode message, String name) {
    JsonNode image = field(message, name);
    if (image.isNull()) {
      return null;
    }
    if (!image.isObject()) {
      throw unexpected(name, "an object or null", image);
    }
    Map<String, JsonNode> columns = new LinkedHashMap<>();
    image.properties().forEach(column -> columns.put(column.getKey(), column.getValue()));
    return columns;
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = field(node, name);
    if (!value.isTextual()) {
      throw unexpected(name, "a string", value);
    }
    return value.asText();
  }

  private static long number(JsonNode node, String name) {
    JsonNode value = field(node, name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw unexpected(name, "a whole number", value);
    }
    return value.asLong();
  }

  private static JsonNode field(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new MalformedChangeException("Expected a change with a field " + name, null);
    }
    return value;
  }

  private static MalformedChangeException unexpected(String name, String wanted, JsonNode got) {
    return new MalformedChangeException(
        "Expected " + wanted + " in field " + name + " but got " + got.getNodeType(), null);
  }
}
