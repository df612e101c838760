package io.binlogbroker.broker.config.watch;

/**
 * A part of the configuration as somebody wrote it, comments and all; may hold secrets.
 *
 * @param text empty where nothing lies there yet
 * @param revision of this text, greater after each change; 0 where nothing lies there yet
 * @param origin the place, for people: a file or a key
 */
public record ConfigText(String text, long revision, String origin) {
  @Override
  public String toString() {
    return origin + ", revision " + revision;
  }
}
