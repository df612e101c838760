package io.binlogbroker.engine.source.mysql.purge;

import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The settings by which a server purges its log files.
 *
 * @param age purges a file this many seconds after its last change; null for never
 * @param size purges the oldest files while all together have more bytes; null for never
 */
public record PurgeSettings(@Nullable Limit age, @Nullable Limit size) {
  private static final double SECONDS_PER_DAY = 86_400;

  /**
   * A limit that is set.
   *
   * @param setting as it would be written in the server's configuration
   */
  public record Limit(double value, String setting) {}

  /** The current settings of a server, of whatever version. */
  static PurgeSettings of(ServerFacts facts) throws IOException {
    return new PurgeSettings(age(facts), size(facts));
  }

  private static @Nullable Limit age(ServerFacts facts) throws IOException {
    String automatic = "binlog_expire_logs_auto_purge";
    if (facts.variable(automatic) != null && !facts.isOn(automatic)) {
      return null;
    }
    Limit seconds = limit(facts, "binlog_expire_logs_seconds", 1);
    return seconds == null ? limit(facts, "expire_logs_days", SECONDS_PER_DAY) : seconds;
  }

  /** MariaDB has the first since 11.4, Percona Server the other. */
  private static @Nullable Limit size(ServerFacts facts) throws IOException {
    Limit total = limit(facts, "max_binlog_total_size", 1);
    return total == null ? limit(facts, "binlog_space_limit", 1) : total;
  }

  private static @Nullable Limit limit(ServerFacts facts, String name, double unit)
      throws IOException {
    String value = facts.variable(name);
    double limit = value == null ? 0 : Double.parseDouble(value) * unit;
    return limit == 0 ? null : new Limit(limit, name + " = " + value);
  }
}
