package io.binlogbroker.broker.http.action;

import org.jspecify.annotations.Nullable;

/**
 * Whether the sender of a request may act.
 *
 * @param status 0 if it may, otherwise the status of the refusal
 * @param reason why it may not; otherwise empty
 * @param caller who acts, for the log; null if nobody does
 * @param isGuess whether a wrong token was sent, so that the refusal is to be delayed
 */
public record Verdict(int status, String reason, @Nullable String caller, boolean isGuess) {
  static Verdict granted(String caller) {
    return new Verdict(0, "", caller, false);
  }

  static Verdict refused(int status, String reason) {
    return new Verdict(status, reason, null, false);
  }

  static Verdict wrongToken() {
    return new Verdict(401, "wrong token", null, true);
  }
}
