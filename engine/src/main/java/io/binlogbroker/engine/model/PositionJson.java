package io.binlogbroker.engine.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a position in the form that every store keeps: one line of JSON that an operator can
 * read. Decoding is strict, because a position that is misread would skip rows. Stateless; any
 * thread.
 */
public final class PositionJson {
  private static final List<String> KEYS =
      List.of("file", "pos", "gtid_set", "rows_events", "rows", "server_uuid", "epoch", "saved_at");

  /**
   * Optional members, left out when they have no value; an operator can write a position without
   * them.
   */
  private static final List<String> OPTIONAL =
      List.of("gtid", "row_bytes", "row_crc", "file_created");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private PositionJson() {}

  public static byte[] write(Position position, Instant savedAt) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("file", position.file());
    json.put("pos", position.offset());
    json.put("gtid_set", position.gtidSet());
    json.put("rows_events", position.rowsEvents());
    json.put("rows", position.rows());
    DeliveredRows delivered = position.delivered();
    if (delivered != null) {
      json.put("gtid", delivered.gtid());
      json.put("row_bytes", delivered.bytes());
      json.put("row_crc", delivered.crc());
    }
    json.put("server_uuid", position.serverUuid());
    if (position.fileCreated() != 0) {
      json.put("file_created", position.fileCreated());
    }
    json.put("epoch", position.epoch());
    json.put("saved_at", savedAt.toString());
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of strings and numbers is always JSON", e);
    }
  }

  /**
   * @param where the bytes were found, for the message
   * @throws DeliveryException with the members that are missing, unknown or invalid
   */
  public static Position read(byte[] json, String where) {
    JsonNode tree = parse(json, where);
    checkKeys(tree, where);
    instant(tree, where);
    return new Position(
        new BinlogPosition(
            text(tree, "file", where), number(tree, "pos", BinlogPosition.FIRST_EVENT, where)),
        textOrNull(tree, "gtid_set", where),
        number(tree, "rows_events", 0, where),
        number(tree, "rows", 0, where),
        tree.has("gtid") ? delivered(tree, where) : null,
        textOrNull(tree, "server_uuid", where),
        tree.has("file_created") ? number(tree, "file_created", 0, where) : 0,
        text(tree, "epoch", where));
  }

  private static DeliveredRows delivered(JsonNode tree, String where) {
    for (String key : List.of("row_bytes", "row_crc")) {
      requireKey(tree, key, where);
    }
    return new DeliveredRows(
        text(tree, "gtid", where),
        number(tree, "row_bytes", 1, where),
        number(tree, "row_crc", 0, where));
  }

  private static JsonNode parse(byte[] json, String where) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw fault(where, "is not JSON", e);
    }
  }

  private static void checkKeys(JsonNode tree, String where) {
    if (!tree.isObject()) {
      throw fault(where, "is not a JSON object", null);
    }
    for (String key : KEYS) {
      requireKey(tree, key, where);
    }
    for (var field : tree.properties()) {
      if (!KEYS.contains(field.getKey()) && !OPTIONAL.contains(field.getKey())) {
        throw fault(where, "has the unknown key \"" + field.getKey() + "\"", null);
      }
    }
  }

  private static void requireKey(JsonNode tree, String key, String where) {
    if (!tree.has(key)) {
      throw fault(where, "lacks \"" + key + "\"", null);
    }
  }

  private static String text(JsonNode tree, String key, String where) {
    return checked(tree, key, "a non-empty string", PositionJson::isText, where).textValue();
  }

  private static @Nullable String textOrNull(JsonNode tree, String key, String where) {
    return checked(tree, key, "a string or null", n -> n.isNull() || n.isTextual(), where)
        .textValue();
  }

  private static long number(JsonNode tree, String key, long least, String where) {
    Predicate<JsonNode> fits =
        n -> n.isIntegralNumber() && n.canConvertToLong() && n.longValue() >= least;
    return checked(tree, key, "an integer of at least " + least, fits, where).longValue();
  }

  private static void instant(JsonNode tree, String where) {
    checked(
        tree, "saved_at", "a time like \"2026-11-22T08:24:00Z\"", PositionJson::isInstant, where);
  }

  private static JsonNode checked(
      JsonNode tree, String key, String expected, Predicate<JsonNode> fits, String where) {
    JsonNode value = tree.get(key);
    if (fits.test(value)) {
      return value;
    }
    throw fault(where, "should have " + expected + " as \"" + key + "\", not " + value, null);
  }

  private static boolean isText(JsonNode node) {
    return node.isTextual() && !node.textValue().isBlank();
  }

  private static boolean isInstant(JsonNode node) {
    if (!node.isTextual()) {
      return false;
    }
    try {
      Instant.parse(node.textValue());
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static DeliveryException fault(String where, String what, @Nullable Throwable cause) {
    return DeliveryException.fatal(
        FailureKind.POSITION_LOST,
        "The position in "
            + where
            + " "
            + what
            + "; set it with `binlogbroker position set`, or reset it to start at the latest",
        cause);
  }
}
