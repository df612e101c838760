package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The scope within which MySQL numbers transactions: a server's UUID and, since MySQL 8.3, a tag.
 *
 * @param tag lower case; empty if there is none
 */
record GtidSource(UUID server, String tag) implements Comparable<GtidSource> {
  private static final int LONGEST_TAG = 32;

  private static final Pattern TAG = Pattern.compile("[a-z_][a-z0-9_]{0,31}");

  /**
   * The server's order: by the text of the UUID, then by tag. Java compares UUIDs as signed
   * numbers.
   */
  private static final Comparator<GtidSource> ORDER =
      Comparator.<GtidSource>comparingLong(s -> unsigned(s.server.getMostSignificantBits()))
          .thenComparingLong(s -> unsigned(s.server.getLeastSignificantBits()))
          .thenComparing(GtidSource::tag);

  private static long unsigned(long bits) {
    return bits ^ Long.MIN_VALUE;
  }

  /** Whether a text is a tag; the server converts it to lower case. */
  static boolean isTag(String text) {
    return TAG.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }

  /** Reads a tag with its length; empty if there is none. */
  static String readTag(ByteReader bytes) {
    int length = Serialized.length(bytes, LONGEST_TAG);
    String tag = bytes.string(length, StandardCharsets.US_ASCII);
    if (length > 0 && !isTag(tag)) {
      throw new MalformedBytesException("Expected a GTID tag but got \"" + tag + "\"");
    }
    return tag;
  }

  boolean matches(UUID server, String tag) {
    return this.server.equals(server) && this.tag.equals(tag);
  }

  @Override
  public int compareTo(GtidSource other) {
    return ORDER.compare(this, other);
  }

  /** The part of a GTID before its number: {@code uuid} or {@code uuid:tag}. */
  @Override
  public String toString() {
    return tag.isEmpty() ? server.toString() : server + ":" + tag;
  }
}
