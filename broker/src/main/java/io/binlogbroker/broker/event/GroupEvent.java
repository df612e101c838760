package io.binlogbroker.broker.event;

import io.binlogbroker.engine.event.EventKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event of a group.
 *
 * @param id unique in the group; ids are in the order of time
 * @param time when it happened first
 * @param last when it happened last
 * @param count how often it has happened since {@code time}
 * @param host on which the broker runs that reports it
 * @param text what happened; without values of rows and secrets
 * @param place in the source's log; null for none
 * @param fix what an operator can do; null for nothing
 */
public record GroupEvent(
    String id,
    Instant time,
    Instant last,
    long count,
    String host,
    EventKind kind,
    String text,
    @Nullable String place,
    @Nullable String fix) {
  /** The same event, once more. */
  GroupEvent again(Instant now) {
    return new GroupEvent(id, time, now, count + 1, host, kind, text, place, fix);
  }
}
