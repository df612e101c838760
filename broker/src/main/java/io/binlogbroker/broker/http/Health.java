package io.binlogbroker.broker.http;

import io.binlogbroker.broker.admin.BrokerState;
import io.binlogbroker.broker.admin.GroupProgress;
import io.binlogbroker.broker.admin.GroupRole;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides whether groups are alive, and whether they are ready: master and moving, or slave and
 * watching the master. A pause that an operator asked for is no fault. Stateless.
 */
final class Health {
  private static final int HEARTBEATS = 3;

  /** Longer than Kafka needs to elect a leader, and than it waits for a request by default. */
  private static final double MOST_SECONDS_UNCOMMITTED = 60;

  private final ServedGroups groups;

  Health(ServedGroups groups) {
    this.groups = groups;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/livez", call -> Problem.answer(dead())),
        Endpoint.get("/readyz", call -> Problem.answer(notReady())));
  }

  /** A restart for one group that has ended would interrupt the others, so that all must have. */
  private List<Problem> dead() {
    List<Problem> ends = groups.all().stream().map(Health::end).flatMap(Optional::stream).toList();
    return ends.size() == groups.all().size() ? ends : List.of();
  }

  private List<Problem> notReady() {
    if (groups.all().isEmpty()) {
      return List.of(
          new Problem(
              "",
              "This process serves no group: none is configured in etcd, or none of them can start.",
              "see the log; configure one with `binlogbroker config put -g NAME -etcd ... FILE`"));
    }
    return groups.all().stream().map(Health::of).flatMap(Optional::stream).toList();
  }

  private static Optional<Problem> end(BrokerState state) {
    String ended = state.ended();
    return ended == null
        ? Optional.empty()
        : problem(
            state,
            "The group has ended: " + ended,
            "fix the cause that the message and the log name, then restart the process");
  }

  /** Why a group is not ready; empty when it is. */
  static Optional<Problem> of(BrokerState state) {
    Optional<Problem> end = end(state);
    if (end.isPresent()) {
      return end;
    }
    GroupRole role = state.role();
    if (role.failure() != null) {
      return problem(
          state, role.failure(), "fix the cause that the message names; the broker retries itself");
    }
    if (role.isMaster()) {
      return state.isPaused() ? Optional.empty() : stopped(state);
    }
    return role.standsBy()
        ? Optional.empty()
        : problem(
            state,
            "This broker is neither master nor watches one.",
            "wait a few seconds after a start; if this lasts, check that etcd, or the state"
                + " directory, can be reached");
  }

  /** Why the master does not move; empty when it does. */
  private static Optional<Problem> stopped(BrokerState state) {
    GroupProgress progress = state.progress();
    if (progress.secondsUncommitted() > MOST_SECONDS_UNCOMMITTED) {
      return problem(
          state,
          "What was read %s s ago is not committed."
              .formatted(rounded(progress.secondsUncommitted())),
          "check that Kafka's brokers run, and that enough replicas are in sync");
    }
    if (Double.isNaN(progress.secondsSinceEvent())) {
      return problem(
          state,
          "The source has not sent an event yet.",
          "wait a few seconds after a start; if this lasts, see the log");
    }
    long limit = HEARTBEATS * progress.heartbeat().toMillis();
    return progress.secondsSinceEvent() * 1000 <= limit
        ? Optional.empty()
        : problem(
            state,
            "No event or heartbeat was taken from the source for %s s, expected one every %s s."
                .formatted(
                    rounded(progress.secondsSinceEvent()),
                    rounded(progress.heartbeat().toMillis() / 1000.0)),
            "check the source and the network to it; if binlogbroker_source_seconds_behind grows,"
                + " Kafka does not keep up");
  }

  private static String rounded(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds);
  }

  private static Optional<Problem> problem(BrokerState state, String problem, String fix) {
    return Optional.of(new Problem(state.group(), problem, fix));
  }
}
