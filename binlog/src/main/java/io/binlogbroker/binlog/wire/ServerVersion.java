package io.binlogbroker.binlog.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says it is: its version text and what that means in numbers. */
public record ServerVersion(String text, int major, int minor, int patch, boolean isMariaDb) {
  /** MariaDB 10 puts this in front, so that old replicas take it for a MySQL they know. */
  private static final String DISGUISE = "5.5.5-";

  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");

  /** Reads a version as the greeting or {@code SELECT @@version} gives it. */
  public static ServerVersion parse(String text) {
    boolean isMariaDb = text.contains("MariaDB");
    String version = text.startsWith(DISGUISE) && isMariaDb ? text.substring(6) : text;
    Matcher numbers = NUMBERS.matcher(version);
    if (!numbers.lookingAt()) {
      return new ServerVersion(version, 0, 0, 0, isMariaDb);
    }
    String patch = numbers.group(3);
    return new ServerVersion(
        version,
        Integer.parseInt(numbers.group(1)),
        Integer.parseInt(numbers.group(2)),
        patch == null ? 0 : Integer.parseInt(patch),
        isMariaDb);
  }

  /** Compares by numbers alone: MySQL's and MariaDB's are different series. */
  public boolean isAtLeast(int major, int minor, int patch) {
    if (this.major != major) {
      return this.major > major;
    }
    return this.minor == minor ? this.patch >= patch : this.minor > minor;
  }
}
