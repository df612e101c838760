package io.binlogbroker.client.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import io.binlogbroker.client.format.ChangeFormat;
import io.binlogbroker.client.format.MessageJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Converts to strings, bytes, UUIDs and JSON documents. Stateless. */
final class Texts {
  private static final int UUID_BYTES = 16;

  private Texts() {}

  static Object toText(JsonNode value, ChangeFormat format) {
    if (value instanceof BinaryNode) {
      throw new ConversionException("declare byte[] for binary columns");
    }
    if (value.isBigDecimal()) {
      return value.decimalValue().toString();
    }
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  static byte[] toBytes(JsonNode value, ChangeFormat format) {
    if (value instanceof BinaryNode binary) {
      return binary.binaryValue();
    }
    if (!value.isTextual()) {
      throw new ConversionException("expected a binary column");
    }
    return switch (format.binaryText()) {
      case NONE -> throw new ConversionException("expected a binary column");
      case BASE64 -> base64(value.textValue());
      case LATIN1 -> latin1(value.textValue());
    };
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new ConversionException("expected base64", e);
    }
  }

  private static byte[] latin1(String text) {
    try {
      ByteBuffer bytes = StandardCharsets.ISO_8859_1.newEncoder().encode(CharBuffer.wrap(text));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new ConversionException("expected one Latin-1 character for each byte", e);
    }
  }

  static Object toUuid(JsonNode value, ChangeFormat format) {
    if (value.isTextual() && value.textValue().indexOf('-') >= 0) {
      try {
        return UUID.fromString(value.textValue());
      } catch (IllegalArgumentException e) {
        throw new ConversionException("expected a UUID", e);
      }
    }
    byte[] bytes = toBytes(value, format);
    if (bytes.length != UUID_BYTES) {
      throw new ConversionException("expected a UUID as a string or 16 bytes");
    }
    ByteBuffer halves = ByteBuffer.wrap(bytes);
    return new UUID(halves.getLong(), halves.getLong());
  }

  static Object toJson(JsonNode value, ChangeFormat format) {
    if (format.isJsonInlined() || !value.isTextual()) {
      return value;
    }
    try {
      return MessageJson.document(value.textValue());
    } catch (IOException e) {
      throw new ConversionException("expected a JSON document", e);
    }
  }

  /** The value as in the message: a number, a string, a boolean, bytes, or a document. */
  static @Nullable Object toPlain(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL, MISSING -> null;
      case NUMBER -> value.isInt() ? (Object) value.longValue() : value.numberValue();
      case STRING -> value.textValue();
      case BOOLEAN -> value.booleanValue();
      case BINARY -> ((BinaryNode) value).binaryValue();
      case ARRAY, OBJECT, POJO -> value;
    };
  }
}
