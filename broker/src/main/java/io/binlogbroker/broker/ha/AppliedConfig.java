package io.binlogbroker.broker.ha;

import java.util.List;

/**
 * The active configuration of a group's master, as stored for its successor; may contain secrets.
 *
 * @param revision of the configuration at that master
 * @param text as read from the file or etcd key
 * @param broker text of the broker's own part, where that is stored separately; otherwise empty
 * @param rules digest of its routing rules
 * @param earlier digests of rules that were active before, in order
 */
public record AppliedConfig(
    long revision, String text, String broker, String rules, List<String> earlier) {
  public AppliedConfig {
    earlier = List.copyOf(earlier);
  }

  /** A configuration of a single text. */
  public AppliedConfig(long revision, String text, String rules, List<String> earlier) {
    this(revision, text, "", rules, earlier);
  }

  @Override
  public String toString() {
    return "configuration of revision " + revision;
  }
}
