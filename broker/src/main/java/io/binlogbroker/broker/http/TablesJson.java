package io.binlogbroker.broker.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.broker.admin.BrokerState;
import io.binlogbroker.broker.admin.TableCount;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.Route;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.schema.catalogue.ParkedTable;
import io.binlogbroker.engine.snapshot.SnapshotProgress;
import io.binlogbroker.engine.snapshot.SnapshotState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the tables of a group as JSON: those that rules name, and those of which there is
 * something to show. Stateless.
 */
final class TablesJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TablesJson() {}

  static ObjectNode of(BrokerState state, List<TableCount> counts, LastChanges changes) {
    Map<TableName, ObjectNode> tables =
        new TreeMap<>(Comparator.comparing(TableName::schema).thenComparing(TableName::table));
    Routes routes = state.routes();
    routes.namedTables().forEach(name -> table(tables, routes, name));
    counts.forEach(count -> put(table(tables, routes, name(count)), count));
    for (ParkedTable parked : state.parked()) {
      TableName name = new TableName(parked.schema(), parked.table());
      table(tables, routes, name).set("parked", GroupJson.parked(parked));
    }
    for (SnapshotProgress progress : state.snapshots()) {
      SnapshotState snapshot = progress.state();
      table(tables, routes, snapshot.tableName())
          .put("snapshot", snapshot.status().name().toLowerCase(Locale.ROOT));
    }
    tables.forEach(
        (name, table) -> {
          Instant last = changes.of(name);
          table.put("last_change", last == null ? null : last.toString());
        });
    ObjectNode json = MAPPER.createObjectNode();
    json.putArray("tables").addAll(tables.values());
    return json;
  }

  private static TableName name(TableCount count) {
    return new TableName(count.schema(), count.table());
  }

  private static ObjectNode table(
      Map<TableName, ObjectNode> tables, Routes routes, TableName name) {
    return tables.computeIfAbsent(name, unused -> table(routes, name));
  }

  /** What is not delivered now has no rule, topic and key. */
  private static ObjectNode table(Routes routes, TableName name) {
    Route route = routes.find(name.schema(), name.table());
    ObjectNode json = MAPPER.createObjectNode();
    json.put("schema", name.schema())
        .put("table", name.table())
        .put("rule", routes.ruleFor(name))
        .put("topic", route == null ? null : route.topic())
        .put("key", route == null ? null : route.key().toString())
        .putNull("parked")
        .putNull("snapshot");
    json.putObject("rows");
    json.putObject("bytes");
    return json;
  }

  private static void put(ObjectNode table, TableCount count) {
    table.withObject("/rows").put(count.action(), count.rows());
    table.withObject("/bytes").put(count.action(), count.bytes());
  }
}
