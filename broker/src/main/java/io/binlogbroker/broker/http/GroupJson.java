package io.binlogbroker.broker.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.broker.admin.BrokerState;
import io.binlogbroker.broker.admin.GroupProgress;
import io.binlogbroker.broker.admin.GroupRole;
import io.binlogbroker.broker.admin.StatusDetails;
import io.binlogbroker.broker.event.HostName;
import io.binlogbroker.broker.fleet.BrokerProcess;
import io.binlogbroker.broker.fleet.Standby;
import io.binlogbroker.broker.ha.GroupMembers;
import io.binlogbroker.broker.ha.LeaseTime;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.broker.http.LagHistory.Sample;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.schema.catalogue.ParkedTable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes the state of a group as JSON; a value that is not known is null. Stateless. */
final class GroupJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String HOST = HostName.ofThis();

  private GroupJson() {}

  /** The summaries of all groups. */
  static ObjectNode summaries(ServedGroups groups, LagHistories histories) {
    ObjectNode json = MAPPER.createObjectNode();
    ArrayNode list = json.putArray("groups");
    groups.all().forEach(state -> list.add(summary(state, histories.of(state.group()))));
    return json;
  }

  /** What fits into one line of a list. */
  static ObjectNode summary(BrokerState state, LagHistory history) {
    GroupRole role = state.role();
    ObjectNode json = MAPPER.createObjectNode();
    json.put("group", state.group())
        .put("role", role.isMaster() ? "master" : "slave")
        .put("paused", state.isPaused())
        .put("host", HOST)
        .put("since", role.since().toString())
        .put("ready", Health.of(state).isEmpty())
        .set("problem", MAPPER.valueToTree(Health.of(state).orElse(null)));
    progress(json, state.progress());
    rates(json, history.newest());
    return json;
  }

  private static void rates(ObjectNode json, @Nullable Sample newest) {
    number(json, "rows_per_second", newest == null ? Double.NaN : newest.rowsPerSecond());
    number(json, "bytes_per_second", newest == null ? Double.NaN : newest.bytesPerSecond());
  }

  static ObjectNode whole(BrokerState state, LagHistory history) {
    ObjectNode json = summary(state, history);
    json.set("servers", MAPPER.valueToTree(state.servers()));
    StatusDetails details = state.details();
    members(json, details.members());
    StatusJson.put(json, details);
    rules(json.putObject("rules"), state.rules());
    json.put("gaps", state.gaps())
        .put("statement_events", state.statementEvents())
        .put("parked_rows", state.parkedRows())
        .put("thread_failures", state.threadFailures().count())
        .put("last_thread_failure", state.threadFailures().last());
    ArrayNode parked = json.putArray("parked");
    state.parked().forEach(table -> parked.add(parked(table)));
    SnapshotJson.put(json, state.snapshots());
    return json;
  }

  static ObjectNode parked(ParkedTable table) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("schema", table.schema()).put("table", table.table());
    json.set("from", position(table.place()));
    return json.put("reason", table.reason());
  }

  private static void progress(ObjectNode json, GroupProgress progress) {
    json.set("committed", position(progress.committed()));
    json.put("seconds_behind", progress.secondsBehind());
    number(json, "bytes_behind", progress.bytesBehind());
    number(json, "seconds_since_event", progress.secondsSinceEvent());
    json.put("seconds_uncommitted", progress.secondsUncommitted());
  }

  private static void members(ObjectNode json, GroupMembers members) {
    Master master = members.master();
    LeaseTime lease = members.lease();
    json.set("master", master == null ? null : member(master.process(), master.since()));
    json.set(
        "lease",
        lease == null
            ? null
            : MAPPER
                .createObjectNode()
                .put("seconds", lease.granted())
                .put("remaining_seconds", lease.remaining()));
    ArrayNode standbys = json.putArray("standbys");
    for (Standby each : members.standbys()) {
      standbys.add(member(each.process(), each.since()));
    }
  }

  private static ObjectNode member(BrokerProcess process, Instant since) {
    long seconds = Math.max(0, Duration.between(since, Instant.now()).toSeconds());
    return MAPPER
        .createObjectNode()
        .put("host", process.host())
        .put("pid", process.pid())
        .put("since", since.toString())
        .put("seconds", seconds);
  }

  private static void rules(ObjectNode json, RulesStatus rules) {
    json.put("applied_revision", rules.appliedRevision());
    json.set("applied_from", position(rules.from()));
    json.put("refused_revision", rules.refusedRevision()).put("refusal", rules.refusal());
  }

  private static @Nullable ObjectNode position(@Nullable BinlogPosition position) {
    return position == null
        ? null
        : MAPPER.createObjectNode().put("file", position.file()).put("pos", position.offset());
  }

  /** JSON has no NaN. */
  private static void number(ObjectNode json, String name, double value) {
    if (Double.isNaN(value)) {
      json.putNull(name);
    } else {
      json.put(name, value);
    }
  }
}
