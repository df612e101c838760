package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;

/**
 * Where to begin to read a server's log.
 *
 * @param byGtids whether the server finds the place by the GTIDs; else it is one of its files
 */
public record LogStart(Restart place, boolean byGtids) {
  /** A place of the server's own files: MySQL finds it by its GTIDs as well. */
  public static LogStart at(Restart place, ServerFacts facts) {
    return new LogStart(place, place.gtidSet() != null && !facts.isMariaDb());
  }
}
