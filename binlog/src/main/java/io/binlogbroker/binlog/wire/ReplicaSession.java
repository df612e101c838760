package io.binlogbroker.binlog.wire;

import io.binlogbroker.binlog.event.LogOffset;
import io.binlogbroker.binlog.wire.connection.PayloadWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Prepares a session as a replica's, and starts the dump. One thread. */
public final class ReplicaSession {
  private static final int REGISTER = 0x15;
  private static final int DUMP = 0x12;
  private static final int DUMP_GTID = 0x1E;

  private static final int END_AT_LAST_EVENT = 0x01;

  /** Without these events MariaDB 11.4 leaves gaps between the computed positions. */
  private static final int SEND_ANNOTATE_ROWS = 0x02;

  /** The server's default timeout, one minute, would disconnect a reader that waits for Kafka. */
  private static final int STALL_SECONDS = 600;

  private static final Pattern MARIADB_GTID = Pattern.compile("\\d+-\\d+-\\d+");

  private final Session session;
  private final ReplicaIdentity identity;
  private final Duration heartbeat;
  private final boolean checksummed;

  private ReplicaSession(
      Session session, ReplicaIdentity identity, Duration heartbeat, boolean checksummed) {
    this.session = session;
    this.identity = identity;
    this.heartbeat = heartbeat;
    this.checksummed = checksummed;
  }

  /** Sets all session variables that a dump requires, including the heartbeat period. */
  public static ReplicaSession prepare(
      Session session, ReplicaIdentity identity, Duration heartbeat) throws IOException {
    if (heartbeat.toMillis() < 1 || heartbeat.toHours() > 24) {
      throw new IllegalArgumentException(
          "Expected a heartbeat period of 1 ms to 24 h but got " + heartbeat);
    }
    session.execute("SET NAMES utf8mb4");
    session.execute(
        "SET SESSION net_write_timeout=%1$d, net_read_timeout=%1$d".formatted(STALL_SECONDS));
    boolean checksummed = declareChecksum(session);
    session.execute(setBoth("heartbeat_period", Long.toString(heartbeat.toNanos()), "master"));
    session.execute(setBoth("uuid", "'" + identity.uuid() + "'", "slave"));
    if (session.isMariaDb()) {
      session.execute("SET @mariadb_slave_capability=4");
    }
    return new ReplicaSession(session, identity, heartbeat, checksummed);
  }

  /** Whether events have a CRC32, including the first, artificial ROTATE. */
  public boolean checksummed() {
    return checksummed;
  }

  /** Registers the session in the source's list of replicas; optional for a dump. */
  public void register() throws IOException {
    byte[] command =
        new PayloadWriter()
            .u8(REGISTER)
            .u32(identity.serverId())
            .shortText(identity.reportHost())
            .shortText("") // user
            .shortText("") // password
            .u16(0) // port
            .u32(0) // rank
            .u32(0) // source id
            .toByteArray();
    session.commandForOk(command, "the reply to the registration");
  }

  /** Streams from a position, indefinitely. */
  public DumpStream dump(String file, long position) throws IOException {
    return dump(file, position, true);
  }

  /** Streams from a position to the end of the last file. */
  public DumpStream dumpToEnd(String file, long position) throws IOException {
    return dump(file, position, false);
  }

  /** Streams all transactions that are not in a MySQL GTID set, which is in its binary form. */
  public DumpStream dumpGtid(byte[] executed) throws IOException {
    byte[] command =
        new PayloadWriter()
            .u8(DUMP_GTID)
            .u16(0)
            .u32(identity.serverId())
            .u32(0) // no file name
            .i64(LogOffset.FIRST_EVENT)
            .u32(executed.length)
            .bytes(executed)
            .toByteArray();
    return new DumpStream(session, session.stream(command), heartbeat, true);
  }

  /** Streams what follows a MariaDB GTID position, such as {@code 0-1-100,1-2-5}. */
  public DumpStream dumpMariaDbGtid(String executed) throws IOException {
    boolean areGtids =
        Stream.of(executed.split(",", -1)).allMatch(gtid -> MARIADB_GTID.matcher(gtid).matches());
    if (!areGtids && !executed.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected MariaDB GTIDs such as 0-1-100,1-2-5 but got \"" + executed + "\"");
    }
    session.execute(
        "SET @slave_connect_state='%s', @slave_gtid_strict_mode=1, @slave_gtid_ignore_duplicates=0"
            .formatted(executed));
    return dump("", LogOffset.FIRST_EVENT);
  }

  private DumpStream dump(String file, long position, boolean endless) throws IOException {
    if (position < LogOffset.FIRST_EVENT || !LogOffset.fitsCommand(position)) {
      throw new IllegalArgumentException(
          "Expected a position of 4 to 4294967295 but got %s:%d; beyond that, dump the file from 4"
              .formatted(file, position));
    }
    int flags = session.isMariaDb() ? SEND_ANNOTATE_ROWS : 0;
    byte[] command =
        new PayloadWriter()
            .u8(DUMP)
            .u32(position)
            .u16(endless ? flags : flags | END_AT_LAST_EVENT)
            .u32(identity.serverId())
            .text(file)
            .toByteArray();
    return new DumpStream(session, session.stream(command), heartbeat, endless);
  }

  private static boolean declareChecksum(Session session) throws IOException {
    session.execute(setBoth("binlog_checksum", "@@global.binlog_checksum", "master"));
    Optional<Row> row = session.query("SELECT @master_binlog_checksum").first();
    return row.isPresent() && "CRC32".equalsIgnoreCase(row.get().text(0));
  }

  /** Sets a variable under its old and its new name: servers use one and ignore the other. */
  private static String setBoth(String variable, String value, String oldSide) {
    String newSide = oldSide.equals("master") ? "source" : "replica";
    return "SET @%s_%s=%s, @%s_%s=%s".formatted(oldSide, variable, value, newSide, variable, value);
  }
}
