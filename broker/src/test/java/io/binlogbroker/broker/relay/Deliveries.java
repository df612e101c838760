package io.binlogbroker.broker.relay;

import static java.util.stream.Collectors.joining;

import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.SourceConfig;
import io.binlogbroker.broker.route.RouteCompiler;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Deliveries of some tables of the schema {@code mall}, keyed by usr_id. */
final class Deliveries {
  private Deliveries() {}

  static RowDelivery of(String... tables) {
    return of(List.of(tables));
  }

  static RowDelivery of(Collection<String> tables) {
    return keyed("usr_id", tables);
  }

  static RowDelivery keyed(String key, Collection<String> tables) {
    String rules =
        tables.stream()
            .map("{\"Table\":\"%s\",\"Topic\":\"changes\",\"Key\":\"%%s\"}"::formatted)
            .map(rule -> rule.formatted(key))
            .collect(joining(","));
    SourceConfig config =
        new ConfigReader(Map.of())
            .readSource(
                "{\"MysqlConn\":\"u:p@tcp(localhost:3306)/\",\"Sources\":[{\"Schema\":\"mall\","
                    + "\"Tables\":["
                    + rules
                    + "]}]}",
                "the test");
    return new RowDelivery("g", RouteCompiler.compile(config, false), new PlainFormat());
  }
}
