package io.binlogbroker.engine.source.mysql.purge;

/**
 * What a source's log has after a position.
 *
 * @param bytesBehind bytes of log after the position; NaN when not known
 * @param purge when the position's file is purged
 */
public record SourceLogState(double bytesBehind, PurgeForecast purge) {
  /** The source cannot be queried, or no position is known. */
  public static final SourceLogState UNKNOWN = new SourceLogState(Double.NaN, PurgeForecast.NONE);
}
