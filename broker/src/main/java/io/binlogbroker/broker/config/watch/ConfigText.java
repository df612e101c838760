package io.binlogbroker.broker.config.watch;

/**
 * A part of the configuration as written, with comments; may contain secrets.
 *
 * @param text empty if there is none yet
 * @param revision of this text, greater after each change; 0 if there is none yet
 * @param origin the file or key, for messages
 */
public record ConfigText(String text, long revision, String origin) {
  @Override
  public String toString() {
    return origin + ", revision " + revision;
  }
}
