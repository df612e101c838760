package io.binlogbroker.client.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.MalformedChangeException;
import io.binlogbroker.client.RowChange;
import java.util.List;

/** The formats that the broker writes, with what their values leave open. Any thread. */
public enum ChangeFormat {
  /** One row, values as {@code docs/formats.md} has them. */
  JSON(BinaryText.BASE64, true, false),
  /** The rows of an event; binary values are binary. */
  MSGPACK(BinaryText.NONE, false, true),
  /** The rows of an event; every value is a text. */
  CANAL_JSON(BinaryText.LATIN1, false, true),
  /** One row. */
  MAXWELL_JSON(BinaryText.BASE64, true, true),
  /** One row, values in Debezium's encodings. */
  DEBEZIUM_JSON(BinaryText.BASE64, false, false);

  private static final int MSGPACK_MAP_OF_5 = 0x85;

  private final BinaryText binaryText;
  private final boolean jsonInlined;
  private final boolean timestampsBare;

  /** How a binary column's value is put into a text. */
  public enum BinaryText {
    NONE,
    BASE64,
    LATIN1
  }

  ChangeFormat(BinaryText binaryText, boolean jsonInlined, boolean timestampsBare) {
    this.binaryText = binaryText;
    this.jsonInlined = jsonInlined;
    this.timestampsBare = timestampsBare;
  }

  public BinaryText binaryText() {
    return binaryText;
  }

  /** Whether a JSON column's value is the document itself, not a text that holds it. */
  public boolean isJsonInlined() {
    return jsonInlined;
  }

  /** Whether a TIMESTAMP is written in UTC without saying so. */
  public boolean isTimestampBare() {
    return timestampsBare;
  }

  /**
   * Reads a message of whichever format it is.
   *
   * @return its changes in the order of the binary log
   * @throws MalformedChangeException when it is of none
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
      case MAXWELL_JSON -> List.of(MaxwellChangeReader.read(json));
      case MSGPACK -> throw new AssertionError("msgpack is no JSON");
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
