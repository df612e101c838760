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
  private final LagHistories histories;
  private final String description = description();

  ApiEndpoints(ServedGroups groups, ProcessMetrics metrics, LagHistories histories) {
    this.groups = groups;
    this.metrics = metrics;
    this.histories = histories;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get(ROOT + "/openapi.json", call -> Answer.ok(Answer.JSON, description)),
        Endpoint.get(
            ROOT + "/groups", call -> Answer.json(200, GroupJson.summaries(groups, histories))),
        Endpoint.get(ROOT + "/events", call -> Answer.ok(EventStream.TYPE, "")),
        Endpoint.get(GROUP, this::whole),
        Endpoint.get(GROUP + "/history", this::history),
        Endpoint.get(
            GROUP + "/config", call -> about(call, state -> ConfigJson.of(state.config()))),
        Endpoint.get(GROUP + "/events", this::events),
        Endpoint.get(GROUP + "/tables", call -> about(call, this::tables)));
  }

  private ObjectNode tables(BrokerState state) {
    String group = state.group();
    return TablesJson.of(state, metrics.tables(group), histories.lastChanges(group));
  }

  private Answer whole(Call call) {
    return about(call, state -> GroupJson.whole(state, histories.of(state.group())));
  }

  private Answer history(Call call) {
    String since = call.parameter("since");
    if (since != null && !since.matches("[0-9]{1,15}")) {
      return Answer.refused(400, "expected seconds since the epoch as since");
    }
    long after = since == null ? 0 : Long.parseLong(since);
    return groups
        .named(call.variable("group"))
        .map(BrokerState::group)
        .map(group -> Answer.ok(Answer.JSON, histories.json(group, after).toString()))
        .orElseGet(ApiEndpoints::unknownGroup);
  }

  private Answer events(Call call) {
    return groups
        .named(call.variable("group"))
        .map(state -> EventsJson.answer(state.details().events(), call.parameter("limit")))
        .orElseGet(ApiEndpoints::unknownGroup);
  }

  private Answer about(Call call, Function<BrokerState, ObjectNode> document) {
    return groups
        .named(call.variable("group"))
        .map(state -> Answer.json(200, document.apply(state)))
        .orElseGet(ApiEndpoints::unknownGroup);
  }

  static Answer unknownGroup() {
    return Answer.refused(404, "this process does not serve that group");
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
