package io.binlogbroker.binlog.wire;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.event.EventFeed;
import io.binlogbroker.binlog.wire.connection.ConnectionLostException;
import io.binlogbroker.binlog.wire.connection.PacketReader;
import io.binlogbroker.binlog.wire.connection.ProtocolViolationException;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import java.io.IOException;
import java.time.Duration;

/**
 * The stream of events that a source sends after a dump command. One thread, except {@link #abort}.
 */
public final class DumpStream implements EventFeed {
  private static final int EVENT = 0x00;
  private static final int EOF = 0xFE;
  private static final int ERROR = 0xFF;

  /** Number of missed heartbeats after which the connection is considered lost. */
  private static final int MISSED_HEARTBEATS = 3;

  private final Session session;
  private final PacketReader reader;
  private final Duration heartbeat;
  private final boolean endless;
  private boolean started;
  private boolean silent;
  private long silentSince;

  DumpStream(Session session, PacketReader reader, Duration heartbeat, boolean endless) {
    this.session = session;
    this.reader = reader;
    this.heartbeat = heartbeat;
    this.endless = endless;
  }

  /**
   * Waits for the next event and points {@code event} at it, from the header to the checksum; the
   * bytes are valid until the next call. Returns false at the end of a stream that is not endless.
   */
  @Override
  public boolean next(ByteReader event) throws IOException {
    silent = false;
    reader.next(event);
    if (!started) {
      monitorHeartbeats();
    }
    int status = event.remaining() == 0 ? -1 : event.u8();
    return switch (status) {
      case EVENT -> true;
      case ERROR -> throw ServerErrorException.read(event, reader.where());
      case EOF -> atEnd();
      default ->
          throw new ProtocolViolationException(
              "Expected an event, an error or the end but got a packet of %d bytes with status %#x, %s"
                  .formatted(reader.length(), status, reader.where()));
    };
  }

  /**
   * Whether bytes are buffered here or in the socket; if not, the stream is idle. Also true when a
   * heartbeat is due: only {@link #next} detects a lost connection, and a caller that waits for
   * bytes would never call it. Never blocks.
   */
  @Override
  public boolean ready() throws IOException {
    return reader.isAvailable() || isHeartbeatDue();
  }

  private boolean isHeartbeatDue() {
    long now = System.nanoTime();
    if (!silent) {
      silent = true;
      silentSince = now;
    }
    return now - silentSince >= heartbeat.toNanos();
  }

  @Override
  public void abort() throws IOException {
    session.abort();
  }

  /** Closes the session. */
  @Override
  public void close() throws IOException {
    session.close();
  }

  /**
   * Finding the start position may take the source longer than a heartbeat period, so heartbeats
   * are monitored only from the first packet on.
   */
  private void monitorHeartbeats() throws IOException {
    started = true;
    session.setReadTimeout(
        heartbeat.multipliedBy(MISSED_HEARTBEATS),
        " (the heartbeat period is " + heartbeat.toMillis() + " ms)");
  }

  private boolean atEnd() throws ConnectionLostException {
    if (endless) {
      throw new ConnectionLostException(
          "The server ended the stream, as it does at shutdown or KILL, " + reader.where());
    }
    return false;
  }
}
