package io.binlogbroker.binlog.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's version, compared numerically.
 *
 * @param text as the server reports it, without MariaDB 10's prefix {@code 5.5.5-}
 * @param major 0, as are minor and patch, if the text does not start with a number
 * @param mariaDb whether the server is MariaDB, which has its own version numbers
 */
public record ServerVersion(String text, int major, int minor, int patch, boolean mariaDb) {
  /** MariaDB 10 adds the prefix 5.5.5, so that old replicas accept it as a known MySQL version. */
  private static final Pattern PREFIX = Pattern.compile("5\\.5\\.5-(?=\\d)");

  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?(?!\\d)");

  /**
   * Parses a version from a greeting, a FORMAT_DESCRIPTION event or {@code SELECT @@version}:
   * {@code 8.0.33}, {@code 5.5.5-10.11.19-MariaDB-log}.
   */
  public static ServerVersion parse(String text) {
    Matcher prefix = PREFIX.matcher(text);
    boolean prefixed = prefix.lookingAt();
    boolean mariaDb = prefixed || text.contains("MariaDB");
    String version = prefixed ? text.substring(prefix.end()) : text;
    Matcher numbers = NUMBERS.matcher(version);
    if (!numbers.lookingAt()) {
      return new ServerVersion(version, 0, 0, 0, mariaDb);
    }
    String patch = numbers.group(3);
    return new ServerVersion(
        version,
        Integer.parseInt(numbers.group(1)),
        Integer.parseInt(numbers.group(2)),
        patch == null ? 0 : Integer.parseInt(patch),
        mariaDb);
  }

  /** Compares only the numbers; MySQL and MariaDB have different version numbering. */
  public boolean isAtLeast(int major, int minor, int patch) {
    if (this.major != major) {
      return this.major > major;
    }
    return this.minor == minor ? this.patch >= patch : this.minor > minor;
  }

  /**
   * Whether the server can safely list its replicas. MySQL before 5.7.28 and 8.0.18 accesses freed
   * memory of a connection that registered as a replica and ended without a dump, and crashes
   * (Oracle bug 29915479; reproduced with 8.0.12).
   */
  public boolean listsReplicasSafely() {
    return mariaDb || isAtLeast(8, 0, 18) || (isAtLeast(5, 7, 28) && !isAtLeast(8, 0, 0));
  }

  @Override
  public String toString() {
    return (mariaDb ? "MariaDB " : "MySQL ") + text;
  }
}
