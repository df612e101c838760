package io.binlogbroker.broker.http.action;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object in the body of an action, read key by key; an empty body is an empty object. The
 * requested keys are the known ones: {@link #end} refuses any other. Used by one thread.
 */
final class ActionBody {
  private static final int LONGEST_NAME = 256;
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final JsonNode json;
  private final Set<String> known = new LinkedHashSet<>();

  private ActionBody(JsonNode json) {
    this.json = json;
  }

  static ActionBody of(byte[] body) {
    String text = text(body);
    if (text.isBlank()) {
      return new ActionBody(STRICT.createObjectNode());
    }
    JsonNode json;
    try {
      json = STRICT.readTree(text);
    } catch (IOException e) {
      throw new InvalidBodyException("expected a JSON object without duplicate keys as the body");
    }
    if (!json.isObject()) {
      throw new InvalidBodyException("expected a JSON object as the body");
    }
    return new ActionBody(json);
  }

  /** The body as text. */
  static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidBodyException("expected the body in UTF-8");
    }
  }

  /** A text that must be given. */
  String required(String key) {
    String text = optional(key);
    if (text == null || text.isBlank()) {
      throw new InvalidBodyException("\"" + key + "\": missing");
    }
    return text;
  }

  /** A text; null where it is missing. */
  @Nullable String optional(String key) {
    JsonNode value = find(key);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      throw new InvalidBodyException("\"" + key + "\": expected a string");
    }
    return value.textValue();
  }

  /** False where it is missing. */
  boolean flag(String key) {
    JsonNode value = find(key);
    if (value != null && !value.isBoolean()) {
      throw new InvalidBodyException("\"" + key + "\": expected true or false");
    }
    return value != null && value.booleanValue();
  }

  /** 0 where it is missing. */
  int number(String key) {
    JsonNode value = find(key);
    if (value != null && !(value.isIntegralNumber() && value.canConvertToInt())) {
      throw new InvalidBodyException("\"" + key + "\": expected a whole number");
    }
    return value == null ? 0 : value.intValue();
  }

  /** An offset in a log file, which must be given. */
  long offset(String key) {
    JsonNode value = find(key);
    boolean isOffset = value != null && value.isIntegralNumber() && value.canConvertToLong();
    if (value == null || !isOffset || value.longValue() < BinlogPosition.FIRST_EVENT) {
      throw new InvalidBodyException(
          "\"" + key + "\": expected a whole number from " + BinlogPosition.FIRST_EVENT);
    }
    return value.longValue();
  }

  /** The table that {@code schema} and {@code table} name. */
  TableName table() {
    return table(required("schema"), required("table"));
  }

  /** Tables as {@code ["schema.table", ...]}; none where it is missing. */
  List<TableName> tables() {
    JsonNode value = find("tables");
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      throw new InvalidBodyException("\"tables\": expected a list such as [\"mall_db.orders\"]");
    }
    List<TableName> tables = new ArrayList<>();
    value.forEach(item -> tables.add(table(item)));
    return tables;
  }

  private static TableName table(JsonNode item) {
    String name = item.isTextual() ? item.textValue() : "";
    int dot = name.indexOf('.');
    if (dot <= 0 || dot == name.length() - 1) {
      throw new InvalidBodyException("\"tables\": expected names such as \"mall_db.orders\"");
    }
    return table(name.substring(0, dot), name.substring(dot + 1));
  }

  private static TableName table(String schema, String table) {
    if (schema.length() > LONGEST_NAME || table.length() > LONGEST_NAME) {
      throw new InvalidBodyException("expected names of at most " + LONGEST_NAME + " characters");
    }
    return new TableName(schema, table);
  }

  /** Refuses keys that were not requested. */
  void end() {
    Set<String> unknown = new TreeSet<>();
    json.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new InvalidBodyException(
          "unknown keys in the body; expected "
              + (known.isEmpty() ? "none" : "at most " + String.join(", ", known)));
    }
  }

  private @Nullable JsonNode find(String key) {
    known.add(key);
    JsonNode value = json.get(key);
    return value == null || value.isNull() ? null : value;
  }
}
