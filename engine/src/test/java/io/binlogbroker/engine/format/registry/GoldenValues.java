package io.binlogbroker.engine.format.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.msgpack.core.MessagePack;
import org.msgpack.value.ArrayValue;
import org.msgpack.value.MapValue;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** Reads single cells from the golden files, in the encoding of their formats. Stateless. */
final class GoldenValues {
  private static final JsonFactory JSON = new JsonFactory();

  private GoldenValues() {}

  /** The value of a column of the row after the change. */
  static String cell(Format format, String golden, String column) throws IOException {
    Path file = GoldenFilesTest.file(format, golden);
    return switch (format) {
      case JSON, DEBEZIUM_JSON -> raw(Files.readString(file), List.of("after", column));
      case CANAL_JSON, MAXWELL_JSON -> raw(Files.readString(file), List.of("data", column));
      case MSGPACK -> packed(Files.readAllBytes(file), column);
    };
  }

  /** The text of the value that follows these names. */
  private static String raw(String message, List<String> names) throws IOException {
    try (JsonParser parser = JSON.createParser(message)) {
      for (String name : names) {
        while (!(parser.nextToken() == JsonToken.FIELD_NAME && name.equals(parser.currentName()))) {
          if (!parser.hasCurrentToken()) {
            throw new AssertionError("No " + names + " in " + message);
          }
        }
      }
      parser.nextToken();
      int start = (int) parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      parser.finishToken();
      int end = (int) parser.currentLocation().getCharOffset();
      return message.substring(start, end);
    }
  }

  private static String packed(byte[] message, String column) throws IOException {
    MapValue map = MessagePack.newDefaultUnpacker(message).unpackValue().asMapValue();
    ArrayValue columns = map.map().get(ValueFactory.newString("Columns")).asArrayValue();
    ArrayValue rows = map.map().get(ValueFactory.newString("Rows")).asArrayValue();
    int index = columns.list().indexOf(ValueFactory.newString(column));
    return spelt(rows.get(rows.size() - 1).asArrayValue().get(index));
  }

  private static String spelt(Value value) {
    return switch (value.getValueType()) {
      case NIL -> "nil";
      case INTEGER -> "int " + value;
      case FLOAT -> "float " + value;
      case STRING -> "str " + value.toJson();
      case BINARY -> "bin " + HexFormat.of().formatHex(value.asBinaryValue().asByteArray());
      default -> value.toString();
    };
  }
}
