package io.binlogbroker.cli.check;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.kafka.KafkaProperties;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.source.mysql.check.MysqlRuleCheck;
import java.util.List;

/** Adds the rules and the server's checks of them to a report. Stateless. */
public final class RuleReport {
  private RuleReport() {}

  public static void addRoutes(CheckReport report, Routes routes) {
    routes.describe().forEach(line -> report.add(CheckResult.ok("route", line)));
    routes.notes().forEach(note -> report.add(CheckResult.warning("route", note, "")));
  }

  /** Adds faults that would prevent a start; returns whether there are none. */
  public static boolean addKafkaProperties(CheckReport report, KafkaSettings kafka) {
    List<String> faults = KafkaProperties.faults(kafka.properties());
    faults.forEach(
        fault ->
            report.add(
                CheckResult.notOk(
                    "Kafka", FailureKind.CONFIGURATION, fault, "correct it in \"Kafka\"")));
    return faults.isEmpty();
  }

  public static void addServer(CheckReport report, String group, Config config) {
    try {
      report.addAll(new MysqlRuleCheck(config.sourceOptions(group), config.rules(0)).check());
    } catch (DeliveryException e) {
      report.add(CheckResult.failed("MySQL", e, "--offline skips the server"));
    }
  }
}
