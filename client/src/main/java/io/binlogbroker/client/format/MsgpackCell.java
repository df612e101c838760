package io.binlogbroker.client.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.binlogbroker.client.MalformedChangeException;
import java.io.IOException;
import java.math.BigInteger;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;

/** Reads one value of a MessagePack message. Stateless. */
final class MsgpackCell {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private MsgpackCell() {}

  /**
   * Reads the next value.
   *
   * @param size of the whole message, which bounds the lengths in it
   */
  static JsonNode read(MessageUnpacker in, int size) throws IOException {
    MessageFormat format = in.getNextFormat();
    return switch (format.getValueType()) {
      case NIL -> {
        in.unpackNil();
        yield NODES.nullNode();
      }
      case BOOLEAN -> NODES.booleanNode(in.unpackBoolean());
      case INTEGER -> integer(in, format);
      case FLOAT ->
          format == MessageFormat.FLOAT32
              ? NODES.numberNode(in.unpackFloat())
              : NODES.numberNode(in.unpackDouble());
      case STRING -> NODES.textNode(in.unpackString());
      case BINARY -> NODES.binaryNode(in.readPayload(binaryLength(in, size)));
      case ARRAY -> vector(in, size);
      case MAP, EXTENSION -> throw unexpected("a column's value", format);
    };
  }

  /** Checked here because the library allocates the length before it reads the bytes. */
  private static int binaryLength(MessageUnpacker in, int size) throws IOException {
    int length = in.unpackBinaryHeader();
    long left = size - in.getTotalReadBytes();
    if (length > left) {
      throw new MalformedChangeException(
          "Expected " + length + " bytes of a binary value but the message has " + left, null);
    }
    return length;
  }

  /** A VECTOR, the only array; its elements are FLOATs. */
  private static JsonNode vector(MessageUnpacker in, int size) throws IOException {
    ArrayNode vector = NODES.arrayNode();
    for (int left = in.unpackArrayHeader(); left > 0; left--) {
      MessageFormat format = in.getNextFormat();
      if (format.getValueType() != ValueType.FLOAT) {
        throw unexpected("an element of a VECTOR", format);
      }
      vector.add(read(in, size));
    }
    return vector;
  }

  private static MalformedChangeException unexpected(String wanted, MessageFormat format) {
    return new MalformedChangeException(
        "Expected " + wanted + " but got " + format.getValueType(), null);
  }

  private static JsonNode integer(MessageUnpacker in, MessageFormat format) throws IOException {
    if (format != MessageFormat.UINT64) {
      return NODES.numberNode(in.unpackLong());
    }
    BigInteger unsigned = in.unpackBigInteger();
    return unsigned.bitLength() < Long.SIZE
        ? NODES.numberNode(unsigned.longValue())
        : NODES.numberNode(unsigned);
  }
}
