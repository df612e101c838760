package io.binlogbroker.broker.ha;

import java.util.List;

/**
 * The configuration that a group's master follows, as it is kept for its successor; may hold
 * secrets.
 *
 * @param revision under which that master knew it
 * @param text as its place held it
 * @param broker text of the broker's own part, where that is kept apart; else empty
 * @param rules digest of its routing rules
 * @param earlier digests of rules that were in force before, the last one at the end
 */
public record AppliedConfig(
    long revision, String text, String broker, String rules, List<String> earlier) {
  public AppliedConfig {
    earlier = List.copyOf(earlier);
  }

  /** Of one text. */
  public AppliedConfig(long revision, String text, String rules, List<String> earlier) {
    this(revision, text, "", rules, earlier);
  }

  @Override
  public String toString() {
    return "configuration of revision " + revision;
  }
}
