package io.binlogbroker.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;

/**
 * How a test asks the server for a value, and whether a message says the same. It goes by the
 * server's own text and knows nothing of the broker's code.
 */
public enum SelectedAs {
  /** Adding 0 makes a number of a BIT, and takes the zeros of ZEROFILL away. */
  NUMBER("CAST(%s + 0 AS CHAR)") {
    @Override
    boolean equalsMessage(String selected, JsonNode message) {
      return message.isNumber()
          && message.decimalValue().compareTo(new BigDecimal(selected)) == 0
          && message.isIntegralNumber();
    }
  },

  /** Adding a DOUBLE makes the server show all digits of a FLOAT; a CAST would show 22 places. */
  FLOAT("%s + 0e0") {
    @Override
    boolean equalsMessage(String selected, JsonNode message) {
      return message.isNumber()
          && Float.parseFloat(message.asText()) == (float) Double.parseDouble(selected);
    }
  },

  DOUBLE("%s + 0e0") {
    @Override
    boolean equalsMessage(String selected, JsonNode message) {
      return message.isNumber()
          && Double.parseDouble(message.asText()) == Double.parseDouble(selected);
    }
  },

  TEXT("CAST(%s AS CHAR)") {
    @Override
    boolean equalsMessage(String selected, JsonNode message) {
      return message.isTextual() && message.textValue().equals(selected);
    }
  },

  /** The server's session must be in UTC. */
  TIMESTAMP("CAST(%s AS CHAR)") {
    @Override
    boolean equalsMessage(String selected, JsonNode message) {
      return TEXT.equalsMessage(
          selected.startsWith("0000-00-00") ? selected : selected + "Z", message);
    }
  },

  BINARY("REPLACE(TO_BASE64(%s), '\\n', '')") {
    @Override
    boolean equalsMessage(String selected, JsonNode message) {
      return TEXT.equalsMessage(selected, message);
    }
  },

  JSON("CAST(%s AS CHAR)") {
    @Override
    boolean equalsMessage(String selected, JsonNode message) {
      return parse(selected).equals(SelectedAs::compareNumbers, message);
    }
  },

  GEOMETRY("CONCAT(ST_SRID(%1$s), ' ', REPLACE(TO_BASE64(ST_AsBinary(%1$s)), '\\n', ''))") {
    @Override
    boolean equalsMessage(String selected, JsonNode message) {
      return selected.equals(message.path("srid").asText() + " " + message.path("wkb").asText());
    }
  },

  /** Of a geographic system MySQL shows the latitude first unless asked. */
  GEOGRAPHY(
      "CONCAT(ST_SRID(%1$s), ' ',"
          + " REPLACE(TO_BASE64(ST_AsBinary(%1$s, 'axis-order=long-lat')), '\\n', ''))") {
    @Override
    boolean equalsMessage(String selected, JsonNode message) {
      return GEOMETRY.equalsMessage(selected, message);
    }
  };

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final String expression;

  SelectedAs(String expression) {
    this.expression = expression;
  }

  public String expression(String column) {
    return expression.formatted(column);
  }

  /** Whether a message's value is the one selected, in the form that docs/formats.md promises. */
  abstract boolean equalsMessage(String selected, JsonNode message);

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("The server shows something else than JSON: " + json, e);
    }
  }

  private static int compareNumbers(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue());
    }
    return one.equals(other) ? 0 : 1;
  }
}
