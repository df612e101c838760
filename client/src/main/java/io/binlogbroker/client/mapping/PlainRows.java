package io.binlogbroker.client.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.format.ChangeFormat;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts rows to maps: columns in the row's order, values as in the message. Stateless. */
public final class PlainRows {
  private PlainRows() {}

  public static Map<String, @Nullable Object> map(Map<String, JsonNode> row, ChangeFormat format) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>(row.size() * 2);
    row.forEach(
        (column, value) -> {
          if (!value.isMissingNode()) {
            plain.put(column, Texts.toPlain(value));
          }
        });
    return Collections.unmodifiableMap(plain);
  }
}
