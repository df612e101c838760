package io.binlogbroker.broker.relay;

import static java.util.stream.Collectors.joining;

import io.binlogbroker.broker.catalogue.ParkedTables;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.OnStatementEvent;
import io.binlogbroker.broker.format.Formats;
import io.binlogbroker.broker.format.MessageFormat;
import io.binlogbroker.broker.route.Routes;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Deliveries of some tables of the schema {@code mall}, keyed by usr_id. */
final class Deliveries {
  private Deliveries() {}

  static ActiveRules of(String... tables) {
    return of(List.of(tables));
  }

  static ActiveRules of(Collection<String> tables) {
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
    Config config =
        new ConfigReader(Map.of())
            .read(
                "{\"KafkaAddr\":[\"localhost:9092\"],\"MysqlConn\":\"u:p@tcp(localhost:3306)/\",\"Sources\":[{\"Schema\":\"mall\","
                    + "\"Tables\":["
                    + rules
                    + "]}]}",
                "the test");
    return Rules.of(revision, config);
  }

  static RowDelivery by(Routes routes) {
    return by(routes, new StatementChanges(OnStatementEvent.STOP));
  }

  static RowDelivery by(Routes routes, MessageFormat format) {
    return by(routes, new StatementChanges(OnStatementEvent.STOP), format);
  }

  static RowDelivery by(Routes routes, StatementChanges statements) {
    return by(routes, statements, new PlainFormat());
  }

  static RowDelivery by(Routes routes, StatementChanges statements, MessageFormat format) {
    return new RowDelivery(
        "g",
        routes,
        Formats.only(format),
        statements,
        new ParkedTables(false),
        new DdlTopic("g", "ddl"));
  }
}
