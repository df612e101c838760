package io.binlogbroker.engine.source.mysql.purge;

import org.jspecify.annotations.Nullable;

/**
 * When the source purges the log file of a position, at the earliest.
 *
 * @param seconds from now; 0 when it is gone; NaN when no setting purges it, or it is not known
 * @param setting of the source that purges it; null for none
 */
public record PurgeForecast(double seconds, @Nullable String setting) {
  /** Nothing is known, or nothing is purged. */
  public static final PurgeForecast NONE = new PurgeForecast(Double.NaN, null);

  /**
   * By the total size, at the rate at which the log has grown lately.
   *
   * @param limit null for none
   * @param bytes of the position's file and all later ones
   * @param bytesPerSecond NaN while not known
   */
  static PurgeForecast bySize(
      PurgeSettings.@Nullable Limit limit, long bytes, double bytesPerSecond) {
    if (limit == null) {
      return NONE;
    }
    double room = limit.value() - bytes;
    if (room <= 0) {
      return new PurgeForecast(0, limit.setting());
    }
    return new PurgeForecast(
        bytesPerSecond > 0 ? room / bytesPerSecond : Double.NaN, limit.setting());
  }

  /** The earlier of two. */
  PurgeForecast or(PurgeForecast other) {
    if (Double.isNaN(other.seconds)) {
      return Double.isNaN(seconds) && setting == null ? other : this;
    }
    return Double.isNaN(seconds) || other.seconds < seconds ? other : this;
  }
}
