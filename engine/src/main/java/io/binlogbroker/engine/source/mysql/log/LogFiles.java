package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.source.mysql.server.ServerIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Records which server's files the positions of a stream refer to, and when the server created
 * them: file names are reused after the log is reset. Belongs to the relay thread.
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
   * Reading of a file begins, at its start or in the middle.
   *
   * @param created timestamp of its FORMAT_DESCRIPTION event, when the server created it, seconds
   *     since the epoch
   */
  public void begins(String file, long created) {
    this.file = file;
    this.created = created;
  }

  /** The first requested group has arrived: before it, a dump by GTIDs sends the head of a file. */
  public void arrived() {
    inPlace = true;
  }

  /** Whether the stream has reached the requested position. */
  public boolean isInPlace() {
    return inPlace;
  }

  /** Whether that file has begun; a ROTATE event that names it is not enough. */
  public boolean isReading(String file) {
    return file.equals(this.file);
  }

  /**
   * A position of this server's log up to which it was read; null before the stream's first file.
   */
  public @Nullable Restart readUpTo(BinlogPosition place) {
    return isReading(place.file()) ? new Restart(place, null, server.uuid(), created) : null;
  }

  /** The start of the file that was read last; null before the first file. */
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

  /**
   * The creation time of a file; 0 between a ROTATE event and the start of the file that it names.
   */
  private long createdOf(String file) {
    if (file.equals(this.file)) {
      return created;
    }
    return file.equals(start.file()) ? start.fileCreated() : 0;
  }
}
