package io.binlogbroker.binlog.event;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A MariaDB GTID position: the last GTID of each replication domain, as {@code 0-1-100,1-2-5}.
 * Mutable; one thread.
 */
public final class MariadbGtidPosition {
  private static final Pattern GTID = Pattern.compile("(\\d{1,10})-(\\d{1,10})-(\\d{1,20})");

  private final Map<Long, Last> byDomain = new TreeMap<>();

  public static MariadbGtidPosition parse(String text) {
    MariadbGtidPosition position = new MariadbGtidPosition();
    for (String entry : text.split(",", -1)) {
      String trimmed = entry.strip();
      if (!trimmed.isEmpty()) {
        position.parseGtid(trimmed);
      }
    }
    return position;
  }

  private void parseGtid(String gtid) {
    Matcher parts = GTID.matcher(gtid);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "Expected domain-server-sequence in a GTID position but got \"" + gtid + "\"");
    }
    try {
      long domain = Integer.toUnsignedLong(Integer.parseUnsignedInt(parts.group(1)));
      long server = Integer.toUnsignedLong(Integer.parseUnsignedInt(parts.group(2)));
      Last last = new Last(server, Long.parseUnsignedLong(parts.group(3)));
      if (byDomain.put(domain, last) != null) {
        throw new IllegalArgumentException(
            "Expected one GTID for each domain in a GTID position but domain "
                + domain
                + " has two");
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "A number is too large in the GTID position \"" + gtid + "\"", e);
    }
  }

  /** Records a GTID as the last one of its domain. */
  public void advance(MariadbGtidEvent gtid) {
    byDomain.put(gtid.domain(), new Last(gtid.serverId(), gtid.sequence()));
  }

  /**
   * The GTIDs of this position that a server does not have.
   *
   * @param binlogState the server's {@code @@gtid_binlog_state}: the last sequence of each server
   *     in each domain
   */
  public MariadbGtidPosition beyond(String binlogState) {
    Set<Long> reached = new HashSet<>();
    for (String entry : binlogState.split(",", -1)) {
      parse(entry)
          .byDomain
          .forEach(
              (domain, last) -> {
                if (isReached(byDomain.get(domain), last)) {
                  reached.add(domain);
                }
              });
    }
    MariadbGtidPosition beyond = new MariadbGtidPosition();
    byDomain.forEach(
        (domain, last) -> {
          if (!reached.contains(domain)) {
            beyond.byDomain.put(domain, last);
          }
        });
    return beyond;
  }

  private static boolean isReached(@Nullable Last required, Last last) {
    return required != null
        && last.server() == required.server()
        && Long.compareUnsigned(last.sequence(), required.sequence()) >= 0;
  }

  public boolean isEmpty() {
    return byDomain.isEmpty();
  }

  @Override
  public String toString() {
    return byDomain.entrySet().stream()
        .map(entry -> entry.getKey() + "-" + entry.getValue())
        .collect(Collectors.joining(","));
  }

  /** The sequence is unsigned. */
  private record Last(long server, long sequence) {
    @Override
    public String toString() {
      return server + "-" + Long.toUnsignedString(sequence);
    }
  }
}
