package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.event.GroupEvents;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.OnStatementEvent;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.source.StatementChange;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles changes in statement format: those of delivered schemas are counted and logged, or stop
 * the broker. Belongs to the relay thread, except for {@link #count}.
 */
public final class StatementChanges {
  private static final Logger log = LoggerFactory.getLogger(StatementChanges.class);

  private static final String FIX =
      "Fix that session and compare the tables it changed; then continue after the change with"
          + " \"binlogbroker position set\", or skip such changes with"
          + " \"OnStatementEvent\": \"warn\".";

  private static final String UNCERTAIN =
      ". The log does not contain which schemas it changed, possibly through views, triggers,"
          + " functions or foreign keys, so a delivered one may be among them";

  private final OnStatementEvent policy;
  private final GroupEvents events;
  private final AtomicLong count = new AtomicLong();

  public StatementChanges(OnStatementEvent policy) {
    this(policy, GroupEvents.none());
  }

  /** As the other constructor, and reports them as events. */
  public StatementChanges(OnStatementEvent policy, GroupEvents events) {
    this.policy = policy;
    this.events = events;
  }

  /**
   * @throws DeliveryException when the change may be one of a delivered table, and such a change is
   *     to stop the broker
   */
  void handle(StatementChange change, Routes routes) {
    Set<String> schemas = change.schemas();
    if (schemas != null && schemas.stream().noneMatch(routes::mayDeliver)) {
      return;
    }
    count.incrementAndGet();
    events.add(
        EventKind.STATEMENT,
        "A change in statement format (" + change.verb() + " ...) has no rows in the log",
        change.place(),
        FIX);
    String what =
        "A change in statement format ("
            + change.verb()
            + " ...) at "
            + change.place()
            + " has no rows in the log and cannot be delivered: a session has set binlog_format to"
            + " STATEMENT or MIXED"
            + (schemas == null ? UNCERTAIN : "");
    if (policy == OnStatementEvent.STOP) {
      throw DeliveryException.fatal(FailureKind.UNDELIVERABLE, what + ". " + FIX);
    }
    log.warn("{}. It is skipped", what);
  }

  /** The number of such changes since the process started. Any thread. */
  public long count() {
    return count.get();
  }
}
