package io.binlogbroker.broker.alert;

import io.binlogbroker.broker.admin.BrokerState;
import io.binlogbroker.broker.config.alert.AlertConfig;
import io.binlogbroker.broker.config.alert.AlertTemplate;
import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.event.GroupEvents;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of a group: reports some events at once, and states when they begin and end. {@link
 * #add} may be called by any thread; {@link #observe} belongs to the thread that calls it
 * regularly.
 */
public final class GroupAlerts implements GroupEvents, AutoCloseable {
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration END = Duration.ofSeconds(3);

  private final String group;
  private final String host;
  private final BrokerState state;
  private final Clock clock;
  private final AlertTemplate template;
  private final AlertSender sender;
  private final Conditions conditions;
  private final AlertStates states;
  private boolean wasMaster;

  /**
   * @param host of this broker
   * @param state of the group
   */
  public GroupAlerts(AlertConfig config, String host, BrokerState state, Clock clock) {
    this.group = state.group();
    this.host = host;
    this.state = state;
    this.clock = clock;
    this.template = config.messages();
    this.sender = new AlertSender(new Webhook(config.url(), REQUEST_TIMEOUT), this::text, END);
    this.conditions = new Conditions(state, config);
    this.states = new AlertStates(clock, sender::add);
  }

  /** Begins to send. Called by a thread of the group. */
  public void start() {
    sender.start();
  }

  @Override
  public void add(EventKind kind, String text, @Nullable Object place, @Nullable String fix) {
    Alert.Kind reported =
        switch (kind) {
          case MASTER, RESIGNED, MASTERSHIP_LOST -> Alert.Kind.ROLE;
          case STOPPED, FAILED -> Alert.Kind.STOPPED;
          default -> null;
        };
    if (reported != null) {
      sender.add(new Alert(reported, true, text, fix, clock.instant()));
    }
  }

  /** Compares the group's state with the last one. */
  public void observe() {
    boolean isMaster = state.isMaster();
    if (wasMaster && !isMaster) {
      states.clear();
    }
    wasMaster = isMaster;
    states.compare(conditions.now());
  }

  /** How many alerts were never sent. Any thread. */
  public long dropped() {
    return sender.dropped();
  }

  private String text(Alert alert) {
    return template.fill(
        Map.of(
            "group", group,
            "kind", alert.kind().word(),
            "state", alert.state(),
            "text", alert.text(),
            "fix", alert.fix() == null ? "" : alert.fix(),
            "host", host,
            "time", alert.time().toString()));
  }

  /** Sends the last ones, in bounded time. */
  @Override
  public void close() {
    sender.close();
  }
}
