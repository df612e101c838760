package io.binlogbroker.engine.source;

import io.binlogbroker.engine.model.BinlogPosition;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a source transaction when it begins.
 *
 * @param gtid in the server's text form; null where there is none
 * @param serverId of the server that first committed it
 * @param place of its first event
 * @param committedMillis since the epoch: the commit time where the GTID event has it, else that
 *     event's second × 1000
 */
public record SourceTransaction(
    @Nullable String gtid, long serverId, BinlogPosition place, long committedMillis) {
  public String file() {
    return place.file();
  }

  public long offset() {
    return place.offset();
  }
}
