package io.binlogbroker.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What follows when a message cannot be handled: some more tries, and then the end of the run or a
 * dead-letter topic. A message is never just passed over.
 *
 * <pre>{@code
 * FailurePolicy.stop()
 * FailurePolicy.retry(5, Duration.ofMillis(100))
 * FailurePolicy.retry(5, Duration.ofMillis(100)).thenDeadLetter("mall_db.dead")
 * FailurePolicy.deadLetter("mall_db.dead")
 * }</pre>
 *
 * @param retries how many more tries
 * @param pause before the first of them; doubled for each further one, to at most a minute
 * @param deadLetterTopic where the message goes when all tries failed; null to stop
 */
public record FailurePolicy(int retries, Duration pause, @Nullable String deadLetterTopic) {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  public FailurePolicy {
    if (retries < 0 || pause.isNegative()) {
      throw new IllegalArgumentException(
          "Expected retries and pause of at least 0 but got " + retries + " and " + pause);
    }
  }

  /** No further try: the run ends with a {@link ConsumeException}. */
  public static FailurePolicy stop() {
    return new FailurePolicy(0, Duration.ZERO, null);
  }

  /** Some more tries before the run ends; the messages of the same thread wait meanwhile. */
  public static FailurePolicy retry(int retries, Duration firstPause) {
    return new FailurePolicy(retries, firstPause, null);
  }

  /** The message goes to a topic, with the reason in its headers, and the run goes on. */
  public static FailurePolicy deadLetter(String topic) {
    return new FailurePolicy(0, Duration.ZERO, topic);
  }

  /** The same tries, but with a dead-letter topic at their end. */
  public FailurePolicy thenDeadLetter(String topic) {
    return new FailurePolicy(retries, pause, topic);
  }

  /** How long to wait before a further try, the first being 1. */
  public Duration pauseBefore(int retry) {
    Duration doubled = pause.multipliedBy(1L << Math.min(retry - 1, 20));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }
}
