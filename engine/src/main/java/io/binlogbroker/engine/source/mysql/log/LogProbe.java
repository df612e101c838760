package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.EventReader;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.GtidEvent;
import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.binlog.wire.DumpStream;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.BinlogPosition;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the first events of a server's log files, over a separate connection. One thread. */
public final class LogProbe {
  private final SessionOptions server;

  public LogProbe(SessionOptions server) {
    this.server = server;
  }

  /** A probe for single positions of the server's log. */
  PlaceProbe places() {
    return new PlaceProbe(server);
  }

  /**
   * When the server created one of its log files, seconds since the epoch.
   *
   * @param uuid of the expected server: one address may lead to several servers
   */
  public long createdAt(String file, @Nullable String uuid) throws IOException {
    try (SecondReader reader = SecondReader.open(server)) {
      reader.requireServer(uuid);
      DumpStream events = reader.stream(file);
      ByteReader event = new ByteReader();
      events.next(event); // the artificial ROTATE event of the dump thread
      events.next(event);
      return event.u32(); // each event begins with its timestamp; this is the FORMAT_DESCRIPTION
    }
  }

  /**
   * Whether a file of a MySQL server has transactions before a position. Reads the file up to it.
   *
   * @param uuid of the expected server
   */
  boolean hasBefore(MysqlGtidSet transactions, BinlogPosition place, @Nullable String uuid)
      throws IOException {
    try (SecondReader reader = SecondReader.open(server)) {
      reader.requireServer(uuid);
      BinlogPosition start = BinlogPosition.startOf(place.file());
      try (EventReader events = reader.events(start, server.maxPacketBytes())) {
        return missing(transactions, events, place).isEmpty();
      }
    }
  }

  private static MysqlGtidSet missing(
      MysqlGtidSet transactions, EventReader events, BinlogPosition place) throws IOException {
    MysqlGtidSet missing = transactions;
    BinlogEvent event = events.next();
    while (event != null && !missing.isEmpty() && events.position() < place.offset()) {
      EventType type = event.type();
      if (type != null && type.isGtid() && type != EventType.MARIADB_GTID) {
        String gtid = GtidEvent.read(event.body(), type).text();
        missing = gtid == null ? missing : missing.without(MysqlGtidSet.parse(gtid));
      }
      event = events.next();
    }
    return missing;
  }

  /**
   * Verifies that the binary log may be read: the server checks the grant only on a dump request.
   */
  public void read() throws IOException {
    try (SecondReader reader = SecondReader.open(server)) {
      reader.stream("").next(new ByteReader());
    }
  }
}
