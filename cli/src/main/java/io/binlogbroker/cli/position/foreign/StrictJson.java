package io.binlogbroker.cli.position.foreign;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that another program wrote. Unknown members are ignored, since they differ between
 * versions; members that are read must have the expected type. Immutable.
 */
final class StrictJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final JsonNode object;
  private final String origin;

  private StrictJson(JsonNode object, String origin) {
    this.object = object;
    this.origin = origin;
  }

  static StrictJson read(byte[] json, String origin) {
    return of(tree(json, origin), origin);
  }

  static StrictJson read(String json, String origin) {
    return read(json.getBytes(StandardCharsets.UTF_8), origin);
  }

  static StrictJson of(JsonNode node, String origin) {
    if (!node.isObject()) {
      throw fault(origin, "expected a JSON object but got " + shown(node));
    }
    return new StrictJson(node, origin);
  }

  static JsonNode tree(byte[] json, String origin) {
    try {
      JsonNode tree = MAPPER.readTree(json);
      if (tree == null || tree.isMissingNode()) {
        throw fault(origin, "expected a JSON object but it is empty");
      }
      return tree;
    } catch (IOException e) {
      throw DeliveryException.fatal(
          FailureKind.INVALID_ARGUMENT, "Cannot use " + origin + ": it is not JSON", e);
    }
  }

  static DeliveryException fault(String origin, String what) {
    return DeliveryException.fatal(
        FailureKind.INVALID_ARGUMENT, "Cannot use " + origin + ": " + what);
  }

  boolean has(String name) {
    return object.hasNonNull(name);
  }

  JsonNode node(String name) {
    return object.path(name);
  }

  StrictJson object(String name) {
    if (!has(name)) {
      throw fault(origin, "it has no \"" + name + "\"");
    }
    return of(object.path(name), origin + ", \"" + name + "\"");
  }

  /** A text; null if it is missing, null or blank. */
  @Nullable String text(String name) {
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual()) {
      throw fault(origin, "expected text for \"" + name + "\" but got " + shown(node));
    }
    return node.textValue().isBlank() ? null : node.textValue().strip();
  }

  /** A number of at least 0; 0 if it is missing or null. */
  long number(String name) {
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return 0;
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw fault(
          origin, "expected a number of at least 0 for \"" + name + "\" but got " + shown(node));
    }
    return node.longValue();
  }

  /** Whether a flag is set: true, or a text such as Debezium's INITIAL. */
  boolean isSet(String name) {
    JsonNode node = object.path(name);
    if (node.isTextual()) {
      return !node.textValue().isBlank() && !node.textValue().equalsIgnoreCase("false");
    }
    return node.asBoolean(false);
  }

  /** The position in a file name and an offset; an offset before 4 is the beginning of the file. */
  BinlogPosition place(String file, String offset) {
    String name = text(file);
    if (name == null || !has(offset)) {
      throw fault(
          origin,
          "expected a binary log position in \"%s\" and \"%s\" but it has only %s"
              .formatted(file, offset, names()));
    }
    return new BinlogPosition(name, Math.max(BinlogPosition.FIRST_EVENT, number(offset)));
  }

  @Nullable Instant seconds(String name) {
    return instant(number(name), 1000);
  }

  @Nullable Instant millis(String name) {
    return instant(number(name), 1);
  }

  private static @Nullable Instant instant(long number, int factor) {
    try {
      return number == 0 ? null : Instant.ofEpochMilli(Math.multiplyExact(number, factor));
    } catch (ArithmeticException | DateTimeException e) {
      return null; // it is only shown
    }
  }

  String names() {
    StringBuilder names = new StringBuilder("{");
    object
        .fieldNames()
        .forEachRemaining(name -> names.append(names.length() > 1 ? ", " : "").append(name));
    return clipped(names.append('}').toString());
  }

  private static String shown(JsonNode node) {
    return clipped(node.toString());
  }

  private static String clipped(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "...";
  }
}
