package io.binlogbroker.broker.config.section;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as people write them: {@code 100ms}, {@code 3s}, {@code 1m}, {@code 2h}. */
final class DurationText {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h)");

  /** Longer ones overflow where nanoseconds are counted. */
  private static final Duration LONGEST = Duration.ofHours(24_000);

  private DurationText() {}

  static Duration parse(String text) {
    Matcher matcher = SHAPE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected a duration with its unit, such as \"100ms\", \"3s\", \"1m\" or \"2h\"");
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofHours(amount);
        };
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("expected a duration of at most 24000h");
    }
    return duration;
  }
}
