package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Restart;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects a log that was reset while it was read; in the stream it looks like a log that is idle,
 * that continues in its next file, or that is damaged. When the server cannot be queried, the
 * stream continues and the query is repeated. Belongs to the relay thread.
 */
public final class LogWatch {
  private static final Logger log = LoggerFactory.getLogger(LogWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(4);

  /** A reset log may end at the same position as the old one, so the end alone is no proof. */
  private static final Duration CERTAINTY = Duration.ofSeconds(60);

  private static final int MOST_FILES = 1_000;

  private final LiveLog server;
  private final LongSupplier nanoTime;
  private final Deque<Restart> unverified = new ArrayDeque<>();
  private long checkedAt;
  private long verifiedAt;
  private @Nullable Idle verified;
  private @Nullable Restart suspected;

  /** An idle stream, and the end of the server's log at that time. */
  private record Idle(Restart read, @Nullable BinlogPosition end) {
    boolean isAtEnd() {
      return read.place().equals(end);
    }
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public LogWatch(LiveLog server, LongSupplier nanoTime) {
    this.server = server;
    this.nanoTime = nanoTime;
    this.checkedAt = nanoTime.getAsLong();
    this.verifiedAt = checkedAt;
  }

  public LiveLog server() {
    return server;
  }

  /**
   * The stream has been idle for a while.
   *
   * @param read the position that the stream has reached
   * @throws DeliveryException when the server has another log now; only after two consecutive
   *     checks, so that events in transit are not mistaken for a reset
   */
  public void idle(Restart read) {
    long now = nanoTime.getAsLong();
    if (suspected == null && now - checkedAt < PERIOD.toNanos()) {
      return;
    }
    checkedAt = now;
    try {
      verifyFiles();
      checkForReset(read, now);
    } catch (IOException e) {
      log.debug("Could not check whether the log was reset", e);
    }
  }

  private void checkForReset(Restart read, long now) throws IOException {
    Idle idle = new Idle(read, server.end());
    boolean known = idle.isAtEnd() || idle.equals(verified);
    if (known && suspected == null && now - verifiedAt < CERTAINTY.toNanos()) {
      return;
    }
    DeliveryException loss = server.lossOf(read);
    if (loss == null) {
      verified = idle;
      verifiedAt = now;
      suspected = null;
      return;
    }
    if (read.equals(suspected)) {
      throw loss;
    }
    suspected = read;
  }

  /**
   * The stream continues in another file. After a reset this may be the second file of a new log,
   * whose first file would then be skipped.
   *
   * @throws DeliveryException when the previous file is not the one that the server has now
   */
  public void fileEnded(Restart end) {
    if (unverified.size() < MOST_FILES) {
      unverified.add(end);
    }
    try {
      verifyFiles();
    } catch (IOException e) {
      log.warn(
          "Could not verify that the server still has the same {}; it is verified again when the"
              + " next file ends or the stream is idle: {}",
          end.file(),
          e.toString());
    }
  }

  private void verifyFiles() throws IOException {
    for (Restart end = unverified.peek(); end != null; end = unverified.peek()) {
      DeliveryException loss = server.replacementOf(end);
      if (loss != null) {
        throw loss;
      }
      unverified.remove();
    }
  }

  /** Decides whether a log that looks damaged was in fact reset: that is a lost position. */
  public DeliveryException classify(DeliveryException failure, Restart read) {
    if (failure.isRetriable() || failure.kind() != FailureKind.SOURCE_DATA) {
      return failure;
    }
    try {
      DeliveryException loss = server.lossOf(read);
      return loss == null ? failure : because(loss, failure);
    } catch (IOException e) {
      log.debug("Could not check whether the log was reset", e);
      return failure;
    }
  }

  /** Leaves out the advice for a damaged log, since the log is not damaged. */
  private static DeliveryException because(DeliveryException loss, DeliveryException failure) {
    Throwable seen = failure.getCause() == null ? failure : failure.getCause();
    return DeliveryException.fatal(
        loss.kind(), loss.getMessage() + " Reading ended with: " + seen.getMessage(), failure);
  }
}
