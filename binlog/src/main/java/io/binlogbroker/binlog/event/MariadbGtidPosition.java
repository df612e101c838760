package io.binlogbroker.binlog.event;

import java.util.Map;
import java.util.TreeMap;

/**
 * A MariaDB GTID position: the last GTID of each replication domain, as {@code 0-1-100,1-2-5}.
 * Mutable; one thread.
 */
public final class MariadbGtidPosition {
  private final Map<Long, String> byDomain = new TreeMap<>();

  public static MariadbGtidPosition parse(String text) {
    MariadbGtidPosition position = new MariadbGtidPosition();
    for (String entry : text.split(",", -1)) {
      String trimmed = entry.strip();
      if (!trimmed.isEmpty()) {
        position.byDomain.put(domain(trimmed), trimmed);
      }
    }
    return position;
  }

  private static long domain(String gtid) {
    if (!gtid.matches("\\d+-\\d+-\\d+")) {
      throw new IllegalArgumentException(
          "Expected domain-server-sequence in a GTID position but got \"" + gtid + "\"");
    }
    return Long.parseLong(gtid.substring(0, gtid.indexOf('-')));
  }

  /** Takes a GTID as the last one of its domain. */
  public void advance(MariadbGtidEvent gtid) {
    byDomain.put(gtid.domain(), gtid.text());
  }

  public boolean isEmpty() {
    return byDomain.isEmpty();
  }

  @Override
  public String toString() {
    return String.join(",", byDomain.values());
  }
}
