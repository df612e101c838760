package io.binlogbroker.broker.mysql;

import io.binlogbroker.broker.relay.ExitCode;
import io.binlogbroker.broker.relay.RelayException;
import io.binlogbroker.broker.relay.Restart;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells which server's files the places of a stream are of, and that a file is still the one it
 * was: its name comes again when the log is begun anew. Belongs to the relay thread.
 */
final class LogFiles {
  private final ServerIdentity server;
  private final Restart start;
  private boolean inPlace;
  private String file = "";
  private long created;

  LogFiles(ServerIdentity server, LogStart start) {
    this.server = server;
    this.start = start.place();
    this.inPlace = !start.byGtids();
  }

  /**
   * A file is read, from its start or from its middle.
   *
   * @param created second of its FORMAT_DESCRIPTION, when the server began it
   */
  void begins(String file, long created) {
    boolean known = inPlace && start.fileCreated() != 0 && file.equals(start.file());
    if (known && created != start.fileCreated()) {
      throw RelayException.fatal(
          ExitCode.POSITION_LOST,
          "The stored position is in %s as the server began it at %s, but its file of that name was begun at %s. "
                  .formatted(file, at(start.fileCreated()), at(created))
              + "Its log was begun anew (RESET MASTER, RESET BINARY LOGS AND GTIDS), or it is"
              + " another server's: compare the tables, and set a position of this log with"
              + " \"binlogbroker position set\".");
    }
    this.file = file;
    this.created = created;
  }

  private static Instant at(long seconds) {
    return Instant.ofEpochSecond(seconds);
  }

  /** A dump by GTIDs begins with the head of a file; only its first group is what was asked for. */
  void arrived() {
    inPlace = true;
  }

  /** Whether the stream has come to what was asked for. */
  boolean isInPlace() {
    return inPlace;
  }

  Restart at(String file, long offset, @Nullable String gtidSet) {
    if (!inPlace) {
      return new Restart(
          start.file(), start.offset(), gtidSet, start.serverUuid(), start.fileCreated());
    }
    return new Restart(file, offset, gtidSet, server.uuid(), createdOf(file));
  }

  /** Not known between a ROTATE and the file that it leads to. */
  private long createdOf(String file) {
    if (file.equals(this.file)) {
      return created;
    }
    return file.equals(start.file()) ? start.fileCreated() : 0;
  }
}
