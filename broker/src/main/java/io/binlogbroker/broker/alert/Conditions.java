package io.binlogbroker.broker.alert;

import io.binlogbroker.broker.admin.BrokerState;
import io.binlogbroker.broker.alert.Alert.Kind;
import io.binlogbroker.broker.config.alert.AlertConfig;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.source.mysql.purge.PurgeForecast;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds what is wrong with a group. Immutable. */
final class Conditions {
  private static final Duration RETRIED = Duration.ofSeconds(30);
  private static final Duration STEADY = Duration.ofSeconds(60);

  private final BrokerState state;
  private final AlertConfig limits;

  Conditions(BrokerState state, AlertConfig limits) {
    this.state = state;
    this.limits = limits;
  }

  /** All that hold; of a slave, only that it cannot take part in the election. */
  List<Condition> now() {
    List<Condition> found = new ArrayList<>();
    failure(found);
    if (state.isMaster()) {
      parked(found);
      refused(found);
      purge(found);
      lag(found);
    }
    return found;
  }

  private void failure(List<Condition> found) {
    String failure = state.role().failure();
    if (failure != null) {
      found.add(
          new Condition(
              "failure",
              Kind.FAILURE,
              failure,
              "fix the cause that the message names; the broker retries itself",
              RETRIED,
              Duration.ZERO));
    }
  }

  private void parked(List<Condition> found) {
    state
        .parked()
        .forEach(
            table ->
                found.add(
                    atOnce(
                        "parked " + table.schema() + "." + table.table(),
                        Kind.PARKED,
                        "Rows of "
                            + table.schema()
                            + "."
                            + table.table()
                            + " are not delivered since "
                            + table.place()
                            + ": "
                            + table.reason(),
                        "see docs/catalogue.md")));
  }

  private void refused(List<Condition> found) {
    RulesStatus rules = state.rules();
    if (rules.refusal() != null) {
      found.add(
          atOnce(
              "refused " + rules.refusedRevision() + rules.refusal(),
              Kind.CONFIG_REFUSED,
              "Revision "
                  + rules.refusedRevision()
                  + " of the configuration is refused. "
                  + rules.refusal(),
              "correct the configuration; \"binlogbroker config validate\" checks it"));
    }
  }

  private void purge(List<Condition> found) {
    PurgeForecast purge = state.details().sourceLog().purge();
    if (purge.seconds() < limits.minTimeToPurge().toSeconds()) {
      found.add(
          new Condition(
              "purge",
              Kind.PURGE,
              "The source may delete the log that is not delivered yet in "
                  + Math.round(purge.seconds())
                  + " s"
                  + (purge.setting() == null ? "" : " (" + purge.setting() + ")"),
              "raise that setting of the source, or find out why delivery is behind",
              Duration.ZERO,
              STEADY));
    }
  }

  private void lag(List<Condition> found) {
    double seconds = state.progress().secondsBehind();
    if (seconds * 1_000 > limits.maxLag().toMillis()) {
      found.add(
          new Condition(
              "lag",
              Kind.LAG,
              "Delivery is " + Math.round(seconds) + " s behind the source",
              "check that the source, Kafka and this host are not overloaded",
              Duration.ZERO,
              STEADY));
    }
  }

  private static Condition atOnce(String key, Kind kind, String text, String fix) {
    return new Condition(key, kind, text, fix, Duration.ZERO, Duration.ZERO);
  }
}
