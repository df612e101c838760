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

  /** The earlier of two. */
  PurgeForecast or(PurgeForecast other) {
    if (Double.isNaN(other.seconds)) {
      return Double.isNaN(seconds) && setting == null ? other : this;
    }
    return Double.isNaN(seconds) || other.seconds < seconds ? other : this;
  }
}
