package io.binlogbroker.engine.relay;

import static java.util.stream.Collectors.joining;

import io.binlogbroker.engine.format.MessageFormat;
import io.binlogbroker.engine.format.registry.Formats;
import io.binlogbroker.engine.model.OnStatementEvent;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.Rules;
import io.binlogbroker.engine.route.RulesText;
import io.binlogbroker.engine.schema.catalogue.ParkedTables;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Deliveries of some tables of the schema {@code mall}, keyed by usr_id. */
public final class Deliveries {
  private Deliveries() {}

  public static ActiveRules of(String... tables) {
    return of(List.of(tables));
  }

  public static ActiveRules of(Collection<String> tables) {
    return keyed("usr_id", tables);
  }

  static ActiveRules keyed(String key, Collection<String> tables) {
    return new ActiveRules(rules(1, key, tables));
  }

  static Rules rules(long revision, String key, Collection<String> tables) {
    String rules =
        tables.stream()
            .map("{\"Table\":\"%s\",\"Topic\":\"changes\",\"Key\":\"%%s\"}"::formatted)
            .map(rule -> rule.formatted(key))
            .collect(joining(","));
    return RulesText.rules(
        revision, "{\"Sources\":[{\"Schema\":\"mall\",\"Tables\":[" + rules + "]}]}");
  }

  static Uncommitted uncommitted() {
    CommitPolicy policy =
        new CommitPolicy(Duration.ofMillis(100), 8 << 20, 64 << 20, Duration.ofSeconds(30));
    return new Uncommitted(policy, () -> 0, true, RelayMetrics.none());
  }

  public static RowDelivery by(Routes routes) {
    return by(routes, new StatementChanges(OnStatementEvent.STOP));
  }

  public static RowDelivery by(Routes routes, MessageFormat format) {
    return by(routes, new StatementChanges(OnStatementEvent.STOP), format);
  }

  public static RowDelivery by(Routes routes, StatementChanges statements) {
    return by(routes, statements, new PlainFormat());
  }

  public static RowDelivery by(Routes routes, StatementChanges statements, MessageFormat format) {
    return new RowDelivery(
        "g",
        routes,
        Formats.only(format),
        statements,
        new ParkedTables(false),
        new DdlTopic("g", "ddl"));
  }
}
