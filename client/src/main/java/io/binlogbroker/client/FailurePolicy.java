package io.binlogbroker.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to do when a message cannot be handled: a number of retries, then the end of the run or a
 * dead-letter topic. A message is never silently skipped.
 *
 * <pre>{@code
 * FailurePolicy.stop()
 * FailurePolicy.retry(5, Duration.ofMillis(100))
 * FailurePolicy.retry(5, Duration.ofMillis(100)).thenDeadLetter("mall_db.dead")
 * FailurePolicy.deadLetter("mall_db.dead")
 * }</pre>
 *
 * @param retries the number of retries
 * @param pause before the first retry; doubled for each further one, up to one minute
 * @param deadLetterTopic the topic that the message is sent to when all attempts have failed; null
 *     to end the run
 */
public record FailurePolicy(int retries, Duration pause, @Nullable String deadLetterTopic) {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if retries or pause are negative
   */
  public FailurePolicy {
    if (retries < 0 || pause.isNegative()) {
      throw new IllegalArgumentException(
          "Expected retries and pause of at least 0 but got " + retries + " and " + pause);
    }
  }

  /** Ends the run with a {@link ConsumeException}, without retries. */
  public static FailurePolicy stop() {
    return new FailurePolicy(0, Duration.ZERO, null);
  }

  /** Retries before the run ends; other messages of the same thread wait meanwhile. */
  public static FailurePolicy retry(int retries, Duration firstPause) {
    return new FailurePolicy(retries, firstPause, null);
  }

  /** Sends the message to a topic, with the reason in its headers; the run continues. */
  public static FailurePolicy deadLetter(String topic) {
    return new FailurePolicy(0, Duration.ZERO, topic);
  }

  /** The same retries, but with a dead-letter topic instead of the end of the run. */
  public FailurePolicy thenDeadLetter(String topic) {
    return new FailurePolicy(retries, pause, topic);
  }

  /** The pause before a retry; the first one has the number 1. */
  public Duration pauseBefore(int retry) {
    Duration doubled = pause.multipliedBy(1L << Math.min(retry - 1, 20));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
