package io.binlogbroker.engine.snapshot;

import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.engine.format.registry.Formats;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.FormatException;
import io.binlogbroker.engine.model.FormatName;
import io.binlogbroker.engine.model.FormatOptions;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.Rules;
import io.binlogbroker.engine.route.SnapshotRule;
import io.binlogbroker.engine.route.TopicNameException;
import io.binlogbroker.engine.source.mysql.schema.ExistingTables;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks whether the existing rows of tables can be read, before anybody asks for them. */
public final class SnapshotCheck {
  private final String group;
  private final SourceOptions source;
  private final Rules rules;

  public SnapshotCheck(String group, SourceOptions source, Rules rules) {
    this.group = group;
    this.source = source;
    this.rules = rules;
  }

  /**
   * Reads nothing but the tables' columns and the server's plan.
   *
   * @param where a condition that the rows meet; null for that of each table's rule
   * @throws DeliveryException with everything that is in the way
   */
  public void require(List<TableName> tables, @Nullable String where) {
    List<String> faults = new ArrayList<>();
    try (Session session = source.connect()) {
      ServerFacts facts = new ServerFacts(session);
      SnapshotWorker.requireFullImages(facts);
      Routes routes = rules.on(facts.identity().ignoresCase());
      for (TableName table : tables) {
        String fault = fault(session, routes, table, where);
        if (fault != null) {
          faults.add(table + ": " + fault);
        }
      }
    } catch (SchemaException e) {
      throw DeliveryException.fatal(FailureKind.SOURCE_SETTINGS, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new SourceFailures(source.user()).toRelay(e);
    }
    if (!faults.isEmpty()) {
      throw DeliveryException.fatal(FailureKind.INVALID_ARGUMENT, String.join("\n", faults));
    }
  }

  /** Checks the tables whose rules have their existing rows delivered; nothing if none has. */
  public List<CheckResult> check() {
    try (Session session = source.connect()) {
      ServerFacts facts = new ServerFacts(session);
      Routes routes = rules.on(facts.identity().ignoresCase());
      return routes.snapshots().isEmpty() ? List.of() : check(session, facts, routes);
    } catch (IOException e) {
      throw new SourceFailures(source.user()).toRelay(e);
    }
  }

  private List<CheckResult> check(Session session, ServerFacts facts, Routes routes)
      throws IOException {
    List<CheckResult> results = new ArrayList<>();
    try {
      SnapshotWorker.requireFullImages(facts);
    } catch (SchemaException e) {
      String reason = String.valueOf(e.getMessage());
      results.add(CheckResult.notOk("snapshot", FailureKind.SOURCE_SETTINGS, reason, ""));
    }
    long tables = 0;
    for (TableName table : ExistingTables.of(session, routes.namedTables())) {
      SnapshotRule rule = routes.snapshot(table.schema(), table.table());
      if (rule != null && rule.isInitial()) {
        tables++;
        String fault = fault(session, routes, table, null);
        if (fault != null) {
          String name = "snapshot of " + table;
          results.add(CheckResult.notOk(name, FailureKind.SOURCE_ACCESS, fault, ""));
        }
      }
    }
    if (results.isEmpty()) {
      results.add(CheckResult.ok("snapshot", tables + " tables can be copied"));
    }
    return results;
  }

  private @Nullable String fault(
      Session session, Routes routes, TableName table, @Nullable String where) throws IOException {
    SnapshotRule rule = routes.snapshot(table.schema(), table.table());
    if (rule == null) {
      return "no rule delivers it; fix: \"binlogbroker config add-table --snapshot\" adds one";
    }
    try {
      String condition = where == null ? rule.where() : where;
      TableSnapshot snapshot =
          new TableSnapshot(SnapshotState.begin(table, condition, null, 0, 0), 1);
      Formats formats = new Formats(FormatName.JSON, FormatOptions.DEFAULT);
      long unused =
          TableReader.open(session, snapshot, routes, formats, group, 1).estimate(session);
      return null;
    } catch (SchemaException | FormatException | TopicNameException e) {
      return e.getMessage();
    } catch (ServerErrorException e) {
      if (SourceFailures.isDenied(e)) {
        return SnapshotWorker.denied(e);
      }
      throw e;
    }
  }
}
