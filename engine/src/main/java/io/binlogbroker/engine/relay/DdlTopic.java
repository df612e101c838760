package io.binlogbroker.engine.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.event.GroupEvents;
import io.binlogbroker.engine.event.ShortDdl;
import io.binlogbroker.engine.format.Address;
import io.binlogbroker.engine.format.MessageSink;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.source.DdlChange;
import io.binlogbroker.engine.source.SourceTransaction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes the messages of the topic for DDL and gaps, all with the same key, so that they remain in
 * order. Immutable.
 */
public final class DdlTopic {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final String group;
  private final @Nullable String topic;
  private final GroupEvents events;

  /**
   * @param topic null where DDL is not delivered
   */
  public DdlTopic(String group, @Nullable String topic) {
    this(group, topic, GroupEvents.none());
  }

  /** As the other constructor, and DDL of delivered schemas is reported as an event. */
  public DdlTopic(String group, @Nullable String topic, GroupEvents events) {
    this.group = group;
    this.topic = topic;
    this.events = events;
  }

  /** Writes a DDL message, unless the statement concerns no delivered schema. */
  void write(DdlChange change, Routes routes, MessageSink out, long nowMillis) {
    if (change.statement().schemas().stream().noneMatch(routes::mayDeliver)) {
      return;
    }
    events.add(EventKind.DDL, ShortDdl.of(change.statement().sql()), change.origin().place(), null);
    if (topic == null) {
      return;
    }
    ObjectNode json = MAPPER.createObjectNode();
    json.put("group", group);
    json.put("db", change.statement().schema());
    json.put("default_db", change.statement().defaultSchema());
    json.put("sql", change.statement().sql());
    SourceTransaction origin = change.origin();
    ObjectNode source = json.putObject("source");
    source.put("server_id", origin.serverId());
    source.put("gtid", origin.gtid());
    source.put("file", origin.file());
    source.put("pos", origin.offset());
    source.put("ts_ms", origin.committedMillis());
    send(topic, json, out, nowMillis);
  }

  void write(Gap gap, MessageSink out, long nowMillis) {
    if (topic == null) {
      return;
    }
    ObjectNode json = MAPPER.createObjectNode();
    json.put("group", group);
    ObjectNode between = json.putObject("gap");
    put(between.putObject("from"), gap.lost());
    put(between.putObject("to"), gap.next());
    between.put("reason", gap.reason());
    send(topic, json, out, nowMillis);
  }

  private static void put(ObjectNode json, Position position) {
    json.put("file", position.file());
    json.put("pos", position.offset());
    json.put("gtid_set", position.gtidSet());
  }

  private void send(String to, ObjectNode json, MessageSink out, long nowMillis) {
    json.put("ts_ms", nowMillis);
    try {
      byte[] key = group.getBytes(StandardCharsets.UTF_8);
      out.send(Address.of(to, key, null), MAPPER.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of strings and numbers is always JSON", e);
    }
  }
}
