package io.binlogbroker.broker.ha;

import io.binlogbroker.broker.fleet.Standby;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The brokers of a group at one moment.
 *
 * @param master null for none, or while it is not known
 * @param lease the master's; null where the election has none, or while it is not known
 * @param standbys in the order in which they began to wait; empty where the election does not know
 *     them
 */
public record GroupMembers(
    @Nullable Master master, @Nullable LeaseTime lease, List<Standby> standbys) {
  /** Nothing is known. */
  public static final GroupMembers UNKNOWN = new GroupMembers(null, null, List.of());

  public GroupMembers {
    standbys = List.copyOf(standbys);
  }
}
