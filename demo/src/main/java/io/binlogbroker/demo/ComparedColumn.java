package io.binlogbroker.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column, and how its value in the database is compared with the value in a message.
 *
 * @param type as in information_schema
 * @param isKey whether it belongs to the primary key
 */
record ComparedColumn(String name, String type, boolean isKey) {
  private static final Set<String> INTEGERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "year");
  private static final Set<String> FLOATS = Set.of("float", "double");
  private static final Set<String> BYTES = Set.of("binary", "varbinary", "tinyblob", "blob");

  /** SQL for the value as text with every digit and byte. */
  String expression() {
    String quoted = "`" + name + "`";
    // MariaDB breaks lines of base64 after 76 characters; the broker's messages do not.
    return BYTES.contains(type)
        ? "REPLACE(TO_BASE64(" + quoted + "), '\n', '')"
        : "CAST(" + quoted + " AS CHAR)";
  }

  /**
   * Whether a message's value equals the database's, in type and in value.
   *
   * @param expected the result of {@link #expression} in a session in UTC
   * @param actual the message's value; null if its row does not have the column
   */
  boolean isEqual(@Nullable String expected, @Nullable JsonNode actual) {
    if (actual == null) {
      return false;
    }
    if (expected == null || actual.isNull()) {
      return expected == null && actual.isNull();
    }
    if (INTEGERS.contains(type)) {
      return actual.isIntegralNumber() && actual.asText().equals(expected);
    }
    if (FLOATS.contains(type)) {
      return actual.isNumber() && actual.doubleValue() == Double.parseDouble(expected);
    }
    String text = type.equals("timestamp") ? expected + "Z" : expected;
    return actual.isTextual() && actual.textValue().equals(text);
  }
}
