package io.binlogbroker.broker.alert;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A message of an alert.
 *
 * @param kind what is wrong, or has happened
 * @param isFiring false when it is over
 * @param text without values of rows and secrets
 * @param fix what an operator can do; null for nothing
 * @param time when it was seen
 */
record Alert(Kind kind, boolean isFiring, String text, @Nullable String fix, Instant time) {
  /** What alerts report; the first two are events, which are never over. */
  enum Kind {
    ROLE,
    STOPPED,
    FAILURE,
    PARKED,
    CONFIG_REFUSED,
    PURGE,
    LAG;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  String state() {
    return isFiring ? "firing" : "resolved";
  }
}
