package io.binlogbroker.broker.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.broker.admin.BrokerState;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.ha.MasterJson;
import io.binlogbroker.engine.schema.catalogue.ParkedTable;
import io.binlogbroker.engine.thread.ThreadFailures;
import java.util.List;
import java.util.function.Function;

/**
 * Answers {@code /admin/myrole}, {@code /admin/status} and {@code /metrics}. With several groups,
 * {@code ?group=NAME} selects one. Any thread.
 */
final class AdminEndpoints {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final ServedGroups groups;
  private final ProcessMetrics metrics;
  private final ThreadFailures failures;

  /**
   * @param failures of the HTTP server's own threads
   */
  AdminEndpoints(ServedGroups groups, ProcessMetrics metrics, ThreadFailures failures) {
    this.groups = groups;
    this.metrics = metrics;
    this.failures = failures;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get(
            "/admin/myrole", call -> about(call, AdminEndpoints::role, ObjectNode::toString)),
        Endpoint.get(
            "/admin/status",
            call -> about(call, this::status, json -> json.toPrettyString() + "\n")),
        Endpoint.get("/metrics", call -> Answer.ok(PROMETHEUS, metrics.text())));
  }

  private Answer about(
      Call call, Function<BrokerState, ObjectNode> document, Function<ObjectNode, String> written) {
    ObjectNode json = groups.about(call.parameter("group"), document);
    return json == null
        ? Answer.refused(404, "this process does not serve that group")
        : Answer.ok(Answer.JSON, written.apply(json));
  }

  private static ObjectNode role(BrokerState state) {
    return MAPPER.createObjectNode().put("role", state.isMaster() ? "master" : "slave");
  }

  private ObjectNode status(BrokerState state) {
    ObjectNode json = role(state).put("group", state.group());
    MasterJson.put(json, state.rules());
    if (state.ended() != null) {
      json.put("ended", state.ended());
    }
    json.put("gaps", state.gaps());
    json.put("statement_events", state.statementEvents());
    json.put("parked_rows", state.parkedRows());
    json.put("thread_failures", state.threadFailures().count() + failures.count());
    String last = state.threadFailures().last();
    String lastThreadFailure = last == null ? failures.last() : last;
    if (lastThreadFailure != null) {
      json.put("last_thread_failure", lastThreadFailure);
    }
    ArrayNode parked = json.putArray("parked");
    for (ParkedTable table : state.parked()) {
      parked
          .addObject()
          .put("schema", table.schema())
          .put("table", table.table())
          .put("file", table.place().file())
          .put("pos", table.place().offset())
          .put("reason", table.reason());
    }
    SnapshotJson.put(json, state.snapshots());
    StatusJson.put(json, state.details());
    return json;
  }
}
