package io.binlogbroker.broker.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.broker.admin.BrokerState;
import io.binlogbroker.broker.admin.ProcessMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** Answers reads below {@code /api/v1}; {@code openapi.json} describes them. Any thread. */
final class ApiEndpoints {
  static final String ROOT = "/api/v1";
  static final String GROUP = ROOT + "/groups/{group}";

  private final ServedGroups groups;
  private final ProcessMetrics metrics;
  private final String description = description();

  ApiEndpoints(ServedGroups groups, ProcessMetrics metrics) {
    this.groups = groups;
    this.metrics = metrics;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get(ROOT + "/openapi.json", call -> Answer.ok(Answer.JSON, description)),
        Endpoint.get(ROOT + "/groups", call -> Answer.json(200, GroupJson.summaries(groups))),
        Endpoint.get(ROOT + "/events", call -> Answer.ok(EventStream.TYPE, "")),
        Endpoint.get(GROUP, call -> about(call, GroupJson::whole)),
        Endpoint.get(
            GROUP + "/tables",
            call -> about(call, state -> TablesJson.of(state, metrics.tables(state.group())))));
  }

  private Answer about(Call call, Function<BrokerState, ObjectNode> document) {
    return groups
        .named(call.variable("group"))
        .map(state -> Answer.json(200, document.apply(state)))
        .orElseGet(() -> Answer.refused(404, "this process does not serve that group"));
  }

  private static String description() {
    try (InputStream in = ApiEndpoints.class.getResourceAsStream("openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is missing in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
