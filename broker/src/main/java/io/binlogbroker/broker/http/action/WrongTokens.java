package io.binlogbroker.broker.http.action;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs requests with a wrong token, at most one line a minute. Any thread. */
public final class WrongTokens {
  private static final Logger log = LoggerFactory.getLogger(WrongTokens.class);
  private static final long PERIOD_NANOS = 60_000_000_000L;

  private final LongSupplier nanoTime;
  private long count;
  private long loggedAt;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public WrongTokens(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.loggedAt = nanoTime.getAsLong() - PERIOD_NANOS;
  }

  /** Counts a request; neither it nor its token is logged. */
  public synchronized void add(Requester requester) {
    count++;
    if (nanoTime.getAsLong() - loggedAt >= PERIOD_NANOS) {
      log.warn(
          "{} requests for an action with a wrong token since the last such line, the last one from"
              + " {}",
          count,
          requester.address());
      count = 0;
      loggedAt = nanoTime.getAsLong();
    }
  }
}
