package io.binlogbroker.broker.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.broker.config.edit.MaskedText;
import io.binlogbroker.broker.config.watch.StoredConfig;

/** Writes a configuration as JSON with its secrets masked. Stateless. */
final class ConfigJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ConfigJson() {}

  static ObjectNode of(StoredConfig config) {
    ObjectNode json = MAPPER.createObjectNode().put("revision", config.revision());
    return json.put("text", masked(config.text())).put("broker", masked(config.broker()));
  }

  /** A part that is not stored, or not separately, has an empty text. */
  private static String masked(String text) {
    return text.isEmpty() ? "" : MaskedText.of(text);
  }
}
