package io.binlogbroker.client.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.MalformedChangeException;
import io.binlogbroker.client.RowChange;
import java.util.List;

/** The formats that the broker writes, and how to interpret their values. Any thread. */
public enum ChangeFormat {
  /** One row, values as documented in {@code docs/formats.md}. */
  JSON(BinaryText.BASE64, true, false),
  /** The rows of an event; binary values as bytes. */
  MSGPACK(BinaryText.NONE, false, true),
  /** The rows of an event; all values as strings. */
  CANAL_JSON(BinaryText.LATIN1, false, true),
  /** One row. */
  MAXWELL_JSON(BinaryText.BASE64, true, true),
  /** One row, values in Debezium's encodings. */
  DEBEZIUM_JSON(BinaryText.BASE64, false, false);

  private static final int MSGPACK_MAP_OF_5 = 0x85;

  private final BinaryText binaryText;
  private final boolean jsonInlined;
  private final boolean timestampsBare;

  /** How the value of a binary column is written as a string. */
  public enum BinaryText {
    /** Not as a string. */
    NONE,
    /** In base64. */
    BASE64,
    /** As one character for each byte. */
    LATIN1
  }

  ChangeFormat(BinaryText binaryText, boolean jsonInlined, boolean timestampsBare) {
    this.binaryText = binaryText;
    this.jsonInlined = jsonInlined;
    this.timestampsBare = timestampsBare;
  }

  /** How the value of a binary column is written as a string. */
  public BinaryText binaryText() {
    return binaryText;
  }

  /** Whether the value of a JSON column is the document itself, not a string that contains it. */
  public boolean isJsonInlined() {
    return jsonInlined;
  }

  /** Whether a TIMESTAMP is written in UTC without a zone. */
  public boolean isTimestampBare() {
    return timestampsBare;
  }

  /**
   * Reads a message in any of the formats.
   *
   * @return its changes in the order of the binary log; none if it announces or ends the rows of a
   *     snapshot
   * @throws MalformedChangeException if it has none of the formats
   */
  public static List<RowChange> read(byte[] message) {
    if (message.length > 0 && (message[0] & 0xff) == MSGPACK_MAP_OF_5) {
      return MsgpackChangeReader.read(message);
    }
    JsonNode json = MessageJson.read(message);
    return switch (formatOf(json)) {
      case JSON -> List.of(JsonChangeReader.read(json));
      case DEBEZIUM_JSON -> List.of(DebeziumChangeReader.read(json));
      case CANAL_JSON -> CanalChangeReader.read(json);
      case MAXWELL_JSON -> MaxwellChangeReader.read(json);
      case MSGPACK -> throw new AssertionError("msgpack is not JSON");
    };
  }

  private static ChangeFormat formatOf(JsonNode json) {
    if (json.has("isDdl")) {
      return CANAL_JSON;
    }
    if (json.has("database") && json.path("data").isObject()) {
      return MAXWELL_JSON;
    }
    if (json.path("source").has("connector")) {
      return DEBEZIUM_JSON;
    }
    if (json.has("op")) {
      return JSON;
    }
    throw new MalformedChangeException(
        "Expected a change in one of the broker's formats but got "
            + (json.isObject() ? "an object with the fields " + names(json) : json.getNodeType()),
        null);
  }

  private static List<String> names(JsonNode json) {
    return json.properties().stream().map(field -> field.getKey()).limit(10).toList();
  }
}
