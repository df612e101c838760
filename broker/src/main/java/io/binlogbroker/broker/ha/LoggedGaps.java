package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.relay.Gap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs gaps and counts them. Marked by the relay thread, asked by any. */
public final class LoggedGaps implements Gap.Marker {
  private static final Logger log = LoggerFactory.getLogger(LoggedGaps.class);

  private final AtomicLong count = new AtomicLong();

  @Override
  public void mark(Gap gap) {
    count.incrementAndGet();
    log.error(
        "GAP: the source no longer has {}; going on at {} as OnLostPosition says. Changes between"
            + " them may be missing or arrive twice: compare the tables. {}",
        gap.lost(),
        gap.next(),
        gap.reason());
  }

  /** Since this process started. */
  public long count() {
    return count.get();
  }
}
