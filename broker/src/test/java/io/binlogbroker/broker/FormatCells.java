package io.binlogbroker.broker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import org.msgpack.value.Value;

/** Turns cells of other formats into what {@code json} would have, for {@link SelectedAs}. */
final class FormatCells {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private FormatCells() {}

  static JsonNode ofCanal(SelectedAs as, JsonNode cell) {
    return cell.isNull() ? cell : ofText(as, cell.textValue());
  }

  private static JsonNode ofText(SelectedAs as, String text) {
    return switch (as) {
      case NUMBER -> BigIntegerNode.valueOf(new BigInteger(text));
      case FLOAT, DOUBLE -> DecimalNode.valueOf(new BigDecimal(text));
      case TEXT -> TextNode.valueOf(text);
      case TIMESTAMP -> TextNode.valueOf(text.startsWith("0000-00-00") ? text : text + "Z");
      case BINARY -> base64(text.getBytes(ISO_8859_1));
      case JSON -> json(text);
      case GEOMETRY, GEOGRAPHY -> geometry(text.getBytes(ISO_8859_1));
    };
  }

  static JsonNode ofMsgpack(SelectedAs as, Value cell) {
    return switch (cell.getValueType()) {
      case NIL -> NullNode.instance;
      case INTEGER -> JsonNodeFactory.instance.numberNode(cell.asIntegerValue().toBigInteger());
      case FLOAT -> JsonNodeFactory.instance.numberNode(cell.asFloatValue().toDouble());
      case BINARY -> ofBytes(as, cell.asBinaryValue().asByteArray());
      default -> ofText(as, cell.asStringValue().asString());
    };
  }

  private static JsonNode ofBytes(SelectedAs as, byte[] bytes) {
    return as == SelectedAs.BINARY ? base64(bytes) : geometry(bytes);
  }

  private static JsonNode base64(byte[] bytes) {
    return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
  }

  private static JsonNode geometry(byte[] stored) {
    int srid = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return JsonNodeFactory.instance
        .objectNode()
        .put("srid", srid)
        .set("wkb", base64(Arrays.copyOfRange(stored, Integer.BYTES, stored.length)));
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Expected JSON but got " + text, e);
    }
  }
}
