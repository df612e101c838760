package io.binlogbroker.cli.snapshot;

import io.binlogbroker.broker.GroupState;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.ha.SnapshotRequests;
import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.snapshot.SnapshotRequest;
import io.binlogbroker.engine.snapshot.SnapshotRequest.Action;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Passes a request to the group's master and waits until it has taken it. One thread. */
final class RequestedSnapshots {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final PrintStream out;
  private final String group;
  private final Config config;

  RequestedSnapshots(PrintStream out, String group, Config config) {
    this.out = out;
    this.group = group;
    this.config = config;
  }

  /** A request with a new id; later ones have higher ids. */
  static SnapshotRequest request(
      Action action, List<TableName> tables, @Nullable String where, int priority) {
    long now = Clock.systemUTC().millis();
    int random = ThreadLocalRandom.current().nextInt(1 << 24);
    String id = String.format(Locale.ROOT, "%014d-%06x", now, random);
    return new SnapshotRequest(id, action, tables, where, priority);
  }

  /**
   * Returns once the master has recorded what is asked for; false if there is no master now.
   *
   * @throws DeliveryException when the master does not take it in time
   */
  boolean pass(SnapshotRequest request, boolean wait) {
    try (GroupState state = GroupState.of(group, config.broker(), Clock.systemUTC())) {
      SnapshotRequests requests = state.snapshotRequests();
      requests.add(request);
      if (state.election().master() == null) {
        out.println("No broker serves the group now: it is carried out at the next start.");
        return false;
      }
      if (wait) {
        await(requests, request.id());
      }
      return true;
    }
  }

  private static void await(SnapshotRequests requests, String id) {
    StopSignal pause = new StopSignal();
    for (long polls = LIMIT.dividedBy(POLL_INTERVAL); polls > 0; polls--) {
      if (requests.pending().stream().noneMatch(pending -> pending.id().equals(id))) {
        return;
      }
      pause.await(POLL_INTERVAL);
    }
    throw DeliveryException.fatal(
        FailureKind.UNREACHABLE,
        "The master has not taken the request after "
            + LIMIT.toSeconds()
            + " s. It will take it when it and its servers work again: see its log. The request is"
            + " in "
            + requests);
  }
}
