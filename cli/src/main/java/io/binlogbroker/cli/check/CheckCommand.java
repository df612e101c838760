package io.binlogbroker.cli.check;

import io.binlogbroker.broker.GroupState;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.ha.StartingPoint;
import io.binlogbroker.broker.kafka.KafkaCheck;
import io.binlogbroker.broker.kafka.KafkaPositions;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.cli.position.PositionCommand;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.snapshot.SnapshotCheck;
import io.binlogbroker.engine.source.mysql.check.MysqlCheck;
import io.binlogbroker.engine.source.mysql.check.MysqlPositions;
import io.binlogbroker.engine.source.mysql.check.SourceReport;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks everything a broker needs and prints the results and fixes. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Checks whether a broker could run, and prints how to fix what is missing.",
      "Changes nothing and does not disturb a running broker. Exits with 0 if nothing is missing,"
          + " else with the code of the first failure."
    },
    footerHeading = "%nExample:%n",
    footer = "  binlogbroker check -g db_mall -c conf.json")
public final class CheckCommand implements Callable<Integer> {
  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();

  public CheckCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    String group = options.group();
    Config config = options.config();
    CheckReport report = new CheckReport(out);
    report.add(configuration());
    RuleReport.addRoutes(report, config.routes(false));
    KafkaSettings kafka = KafkaSettings.of(group, config.broker().kafka());
    boolean isValid = RuleReport.addKafkaProperties(report, kafka);
    SourceReport source = new MysqlCheck(config.sourceOptions(group), config.rules(0)).run();
    report.addAll(source.results());
    if (source.isReachable()) {
      report.addAll(new SnapshotCheck(group, config.sourceOptions(group), config.rules(0)).check());
    }
    if (!isValid) {
      return report.end().number();
    }
    List<CheckResult> sink =
        new KafkaCheck(kafka).run(source.topics(), config.broker().kafka().ddlTopic());
    report.addAll(sink);
    if (source.isReachable() && sink.get(0).ok()) {
      report.add(position(group, config, kafka));
    }
    return report.end().number();
  }

  private CheckResult configuration() {
    String exposure = options.exposure();
    return exposure == null
        ? CheckResult.ok("configuration", options.origin())
        : CheckResult.warning("configuration", exposure, "");
  }

  private static CheckResult position(String group, Config config, KafkaSettings kafka) {
    String name = "stored position";
    try (GroupState state = PositionCommand.state(group, config)) {
      @Nullable Position start =
          StartingPoint.of(
              state.positions(), kafka.positionsTopic(), new KafkaPositions(kafka)::in);
      return start == null
          ? CheckResult.ok(name, "none: the first start begins at the source's latest position")
          : new MysqlPositions(config.sourceOptions(group)).check(start);
    } catch (DeliveryException e) {
      return CheckResult.failed(name, e, "");
    }
  }
}
