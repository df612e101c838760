package io.binlogbroker.binlog.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of a server, compared by number.
 *
 * @param text as the server gives it, without the disguise of MariaDB 10
 * @param major 0, as are minor and patch, when the text starts with no number
 * @param mariaDb whether it is MariaDB, whose numbers are its own
 */
public record ServerVersion(String text, int major, int minor, int patch, boolean mariaDb) {
  /** MariaDB 10 puts 5.5.5 in front, so that old replicas take it for a MySQL they know. */
  private static final Pattern DISGUISE = Pattern.compile("5\\.5\\.5-(?=\\d)");

  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?(?!\\d)");

  /**
   * Reads a version as a greeting, a FORMAT_DESCRIPTION event or {@code SELECT @@version} gives it:
   * {@code 8.0.33}, {@code 5.5.5-10.11.19-MariaDB-log}.
   */
  public static ServerVersion parse(String text) {
    Matcher disguise = DISGUISE.matcher(text);
    boolean disguised = disguise.lookingAt();
    boolean mariaDb = disguised || text.contains("MariaDB");
    String version = disguised ? text.substring(disguise.end()) : text;
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

  /** Compares by numbers alone: MySQL's and MariaDB's are different series. */
  public boolean isAtLeast(int major, int minor, int patch) {
    if (this.major != major) {
      return this.major > major;
    }
    return this.minor == minor ? this.patch >= patch : this.minor > minor;
  }

  /**
   * Whether the server may be asked for its replicas. MySQL before 5.7.28 and 8.0.18 looks at the
   * memory of a connection that registered as a replica and ended without a dump, and crashes
   * (Oracle's bug 29915479; seen with 8.0.12).
   */
  public boolean listsReplicasSafely() {
    return mariaDb || isAtLeast(8, 0, 18) || (isAtLeast(5, 7, 28) && !isAtLeast(8, 0, 0));
  }

  @Override
  public String toString() {
    return (mariaDb ? "MariaDB " : "MySQL ") + text;
  }
}
