package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.source.mysql.server.ServerIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Tells which server's files the places of a stream are of, and when those were begun: a name comes
 * again when the log is begun anew. Belongs to the relay thread.
 */
public final class LogFiles {
  private final ServerIdentity server;
  private final Restart start;
  private boolean inPlace;
  private String file = "";
  private long created;

  public LogFiles(ServerIdentity server, LogStart start) {
    this.server = server;
    this.start = start.place();
    this.inPlace = !start.byGtids();
  }

  /**
   * A file is read, from its start or from its middle.
   *
   * @param created second of its FORMAT_DESCRIPTION, when the server began it
   */
  public void begins(String file, long created) {
    this.file = file;
    this.created = created;
  }

  /** A dump by GTIDs begins with the head of a file; only its first group is what was asked for. */
  public void arrived() {
    inPlace = true;
  }

  /** Whether the stream has come to what was asked for. */
  public boolean isInPlace() {
    return inPlace;
  }

  /** Whether that file has begun, rather than that a ROTATE has named it. */
  public boolean isReading(String file) {
    return file.equals(this.file);
  }

  /** What was read of this server's log, wherever the stream began; null before its first file. */
  public @Nullable Restart readUpTo(BinlogPosition place) {
    return isReading(place.file()) ? new Restart(place, null, server.uuid(), created) : null;
  }

  /** The end of the file that was read before another begins; null before the first. */
  public @Nullable Restart end() {
    return file.isEmpty()
        ? null
        : new Restart(BinlogPosition.startOf(file), null, server.uuid(), created);
  }

  public Restart at(BinlogPosition place, @Nullable String gtidSet) {
    if (!inPlace) {
      return new Restart(start.place(), gtidSet, start.serverUuid(), start.fileCreated());
    }
    return new Restart(place, gtidSet, server.uuid(), createdOf(place.file()));
  }

  /** Not known between a ROTATE and the file that it leads to. */
  private long createdOf(String file) {
    if (file.equals(this.file)) {
      return created;
    }
    return file.equals(start.file()) ? start.fileCreated() : 0;
  }
}
