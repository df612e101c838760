package io.binlogbroker.broker.admin;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A broker's state as metrics in Prometheus' text form. Made at the first question; any thread. */
final class Metrics {
  private final BrokerState state;
  private @Nullable PrometheusMeterRegistry registry;

  Metrics(BrokerState state) {
    this.state = state;
  }

  synchronized String text() {
    PrometheusMeterRegistry meters = registry;
    if (meters == null) {
      meters = registered();
      registry = meters;
    }
    return meters.scrape();
  }

  private PrometheusMeterRegistry registered() {
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    meters.config().commonTags("group", state.group());
    gauge(meters, "master", "1 on the group's master, 0 on a slave", s -> s.isMaster() ? 1 : 0);
    gauge(
        meters,
        "config.applied.revision",
        "Revision of the configuration that is in force",
        s -> s.rules().appliedRevision());
    gauge(
        meters,
        "config.refused.revision",
        "Revision of a newer configuration that was refused; 0 for none",
        s -> s.rules().refusedRevision());
    FunctionCounter.builder("binlogbroker.gaps", state, BrokerState::gaps)
        .description("Lost positions that were given up for another: changes may be missing")
        .register(meters);
    FunctionCounter.builder("binlogbroker.statement.events", state, BrokerState::statementEvents)
        .description("Changes of delivered schemas that came in statement format, without rows")
        .register(meters);
    gauge(
        meters,
        "parked.tables",
        "Tables whose rows are left out, because nobody could tell their columns",
        s -> s.parked().size());
    FunctionCounter.builder("binlogbroker.parked.rows", state, BrokerState::parkedRows)
        .description("Rows of parked tables that were left out")
        .register(meters);
    FunctionCounter.builder("binlogbroker.thread.failures", state, BrokerState::threadFailures)
        .description("Internal errors that threads beside the relay's met; each is in the log")
        .register(meters);
    return meters;
  }

  private void gauge(
      PrometheusMeterRegistry meters,
      String name,
      String what,
      ToDoubleFunction<BrokerState> value) {
    Gauge.builder("binlogbroker." + name, state, value).description(what).register(meters);
  }
}
