package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.wire.DumpStream;
import io.binlogbroker.binlog.wire.SessionOptions;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the first events of a server's log files, on a connection of its own. One thread. */
public final class LogProbe {
  private final SessionOptions server;

  public LogProbe(SessionOptions server) {
    this.server = server;
  }

  /** What stands at places of the server's log. */
  PlaceProbe places() {
    return new PlaceProbe(server);
  }

  /**
   * When the server began a file that it has, seconds since the epoch.
   *
   * @param uuid of the server that is meant: behind one address there may be several
   */
  public long createdAt(String file, @Nullable String uuid) throws IOException {
    try (SecondReader reader = SecondReader.open(server)) {
      reader.requireServer(uuid);
      DumpStream events = reader.stream(file);
      ByteReader event = new ByteReader();
      events.next(event); // the ROTATE that the dump thread makes up
      events.next(event);
      return event.u32(); // each event begins with its second; this is the FORMAT_DESCRIPTION
    }
  }

  /**
   * Whether the binary log may be read at all: the grant is only looked at when it is asked for.
   */
  public void read() throws IOException {
    try (SecondReader reader = SecondReader.open(server)) {
      reader.stream("").next(new ByteReader());
    }
  }
}
