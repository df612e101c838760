package io.binlogbroker.broker.admin;

import io.binlogbroker.broker.event.GroupEvent;
import io.binlogbroker.broker.ha.GroupMembers;
import io.binlogbroker.engine.source.mysql.purge.SourceLogState;
import io.binlogbroker.engine.source.mysql.server.SourceFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of how a group works, at one moment.
 *
 * @param events the last ones, the newest last
 * @param sourceLog what the source's log has after the committed position; unknown on a standby
 * @param source the server that is read from; null on a standby and before the first connection
 * @param members the brokers of the group
 */
public record StatusDetails(
    List<GroupEvent> events,
    SourceLogState sourceLog,
    @Nullable SourceFacts source,
    GroupMembers members) {
  /** Nothing is known. */
  public static final StatusDetails NONE =
      new StatusDetails(List.of(), SourceLogState.UNKNOWN, null, GroupMembers.UNKNOWN);

  public StatusDetails {
    events = List.copyOf(events);
  }
}
