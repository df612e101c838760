package io.binlogbroker.engine.source.mysql.check;

import io.binlogbroker.engine.model.BinlogPosition;
import org.jspecify.annotations.Nullable;

/**
 * How far another program has read a server's log.
 *
 * @param place of an event; everything before it is read
 * @param gtidSet read, in the server's text form; null if the program does not record GTIDs
 * @param serverId of the server that the program read from, or that wrote the last event; 0 if
 *     unknown
 * @param events read after that place, in the middle of a transaction
 * @param rows read of the event after these
 * @param needsPlace whether the GTIDs may include a transaction of which only the beginning is
 *     read, so that they are complete only together with the place
 */
public record ReadPosition(
    BinlogPosition place,
    @Nullable String gtidSet,
    long serverId,
    long events,
    long rows,
    boolean needsPlace) {
  public ReadPosition {
    gtidSet = gtidSet == null || gtidSet.isBlank() ? null : gtidSet;
  }

  @Override
  public String toString() {
    String inside = events == 0 && rows == 0 ? "" : " (+" + events + " events, " + rows + " rows)";
    return place + inside + (gtidSet == null ? "" : " gtid " + gtidSet);
  }
}
