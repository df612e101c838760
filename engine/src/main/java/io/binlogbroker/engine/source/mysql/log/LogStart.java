package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;

/**
 * Where to start reading a server's log.
 *
 * @param byGtids whether the server finds the position by its GTID set; else by file and offset
 */
public record LogStart(Restart place, boolean byGtids) {
  /** A start in the server's own files; MySQL can find it by its GTID set as well. */
  public static LogStart at(Restart place, ServerFacts facts) {
    return new LogStart(place, place.gtidSet() != null && !facts.isMariaDb());
  }
}
