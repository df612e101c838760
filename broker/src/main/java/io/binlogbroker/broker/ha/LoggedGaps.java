package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.relay.Gap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts gaps. Written by the relay thread, read by any thread. */
public final class LoggedGaps implements Gap.Marker {
  private static final Logger log = LoggerFactory.getLogger(LoggedGaps.class);

  private final AtomicLong count = new AtomicLong();

  @Override
  public void mark(Gap gap) {
    count.incrementAndGet();
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
