package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.event.GroupEvents;
import io.binlogbroker.engine.relay.Gap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts gaps. Written by the relay thread, read by any thread. */
public final class LoggedGaps implements Gap.Marker {
  private static final Logger log = LoggerFactory.getLogger(LoggedGaps.class);

  private final AtomicLong count = new AtomicLong();
  private final GroupEvents events;

  /**
   * @param events take each gap
   */
  public LoggedGaps(GroupEvents events) {
    this.events = events;
  }

  @Override
  public void mark(Gap gap) {
    count.incrementAndGet();
    events.add(
        EventKind.GAP,
        "The source no longer has "
            + gap.lost()
            + ": changes may be missing or duplicated. "
            + gap.reason(),
        gap.next(),
        "compare the tables with their topics, or deliver their rows again with \"snapshot start\"");
    log.error(
        "GAP: the source no longer has {}; continuing at {} as set in OnLostPosition. Changes between"
            + " them may be missing or duplicated: compare the tables. {}",
        gap.lost(),
        gap.next(),
        gap.reason());
  }

  /** The number of gaps since this process started. */
  public long count() {
    return count.get();
  }
}
