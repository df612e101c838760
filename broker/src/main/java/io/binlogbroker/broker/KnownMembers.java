package io.binlogbroker.broker;

import io.binlogbroker.broker.ha.GroupMembers;
import io.binlogbroker.broker.ha.Members;
import io.binlogbroker.broker.timer.GroupTimer;
import io.binlogbroker.engine.model.DeliveryException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the brokers of a group every three seconds, on the thread {@code members}. If they cannot
 * be found, they are unknown.
 */
final class KnownMembers implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KnownMembers.class);
  private static final Duration DELAY = Duration.ofSeconds(1);
  private static final Duration PERIOD = Duration.ofSeconds(3);

  private final Members source;
  private final GroupTimer timer = new GroupTimer("members", DELAY, PERIOD, this::find);
  private volatile GroupMembers members = GroupMembers.UNKNOWN;

  KnownMembers(Members source) {
    this.source = source;
  }

  /** Begins. Called by a thread of the group. */
  void start() {
    timer.start();
  }

  /** As found last. Any thread. */
  GroupMembers newest() {
    return members;
  }

  private void find() {
    try {
      members = source.find();
    } catch (DeliveryException e) {
      log.debug("The brokers of the group cannot be found now", e);
      members = GroupMembers.UNKNOWN;
    }
  }

  @Override
  public void close() {
    timer.close();
  }
}
