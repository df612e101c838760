package io.binlogbroker.binlog.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of the server that wrote a binary log, compared by number.
 *
 * @param mariaDb whether it is MariaDB, whose numbers are its own
 */
public record ServerVersion(boolean mariaDb, int major, int minor, int patch) {
  private static final Pattern NUMBERS =
      Pattern.compile("(?:5\\.5\\.5-)?(\\d+)\\.(\\d+)\\.(\\d+).*");

  /**
   * @param text as in a greeting or a FORMAT_DESCRIPTION event: {@code 8.0.33}, {@code
   *     5.5.5-10.11.19-MariaDB-log}
   */
  public static ServerVersion parse(String text) {
    boolean mariaDb = text.contains("MariaDB");
    Matcher matcher = NUMBERS.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Expected a server version such as 8.0.33 but got \"" + text + "\"");
    }
    return new ServerVersion(
        mariaDb,
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  public boolean isAtLeast(int major, int minor, int patch) {
    if (this.major != major) {
      return this.major > major;
    }
    if (this.minor != minor) {
      return this.minor > minor;
    }
    return this.patch >= patch;
  }

  @Override
  public String toString() {
    return (mariaDb ? "MariaDB " : "MySQL ") + major + "." + minor + "." + patch;
  }
}
