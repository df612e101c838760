package io.binlogbroker.broker.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.broker.admin.StatusDetails;
import io.binlogbroker.broker.event.EventJson;
import io.binlogbroker.engine.source.mysql.purge.SourceLogState;
import io.binlogbroker.engine.source.mysql.server.SourceFacts;
import org.jspecify.annotations.Nullable;

/** Writes the details of a group's status as JSON; what is not known is left out. Stateless. */
final class StatusJson {
  private StatusJson() {}

  static void put(ObjectNode json, StatusDetails details) {
    put(json, details.sourceLog());
    SourceFacts source = details.source();
    if (source != null) {
      put(json.putObject("source"), source);
    }
    ArrayNode events = json.putArray("events");
    details.events().forEach(event -> EventJson.put(events.addObject(), event));
  }

  private static void put(ObjectNode json, SourceLogState log) {
    number(json, "bytes_behind", log.bytesBehind());
    number(json, "seconds_to_purge", log.purge().seconds());
    text(json, "purged_by", log.purge().setting());
  }

  private static void put(ObjectNode json, SourceFacts source) {
    json.put("address", source.address())
        .put("version", source.version())
        .put("gtids", source.gtids());
    text(json, "row_image", source.rowImage());
    text(json, "row_metadata", source.rowMetadata());
    json.put("since", source.since().toString());
  }

  /** JSON has no NaN. */
  private static void number(ObjectNode json, String key, double value) {
    if (!Double.isNaN(value)) {
      json.put(key, value);
    }
  }

  private static void text(ObjectNode json, String key, @Nullable String value) {
    if (value != null) {
      json.put(key, value);
    }
  }
}
