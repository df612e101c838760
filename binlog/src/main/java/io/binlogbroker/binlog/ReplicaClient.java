package io.binlogbroker.binlog;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.CompressedBlock;
import io.binlogbroker.binlog.event.EventFeed;
import io.binlogbroker.binlog.event.EventReader;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.LogOffset;
import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.binlog.event.QueryEvent;
import io.binlogbroker.binlog.row.BinlogRows;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.TableMap;
import io.binlogbroker.binlog.row.TableMaps;
import io.binlogbroker.binlog.wire.DumpStream;
import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.ReplicaSession;
import io.binlogbroker.binlog.wire.Session;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a server's binary log as a replica, event by event; rows are decoded on request. Confined
 * to one thread, except {@link #abort}.
 */
public final class ReplicaClient implements AutoCloseable {
  /**
   * Table id of the rows event without rows that ends a statement which only logged a TABLE_MAP.
   */
  private static final long DUMMY_TABLE_ID = 0xFFFFFF;

  private final EventFeed feed;
  private final EventReader events;
  private final TableMaps tables = new TableMaps();
  private final BinlogRows rows;
  private final CompressedBlock queries;
  private @Nullable TableMapListener listener;
  private long skipBefore;
  private boolean atRows;
  private long tableId;

  private ReplicaClient(
      EventFeed feed, EventReader events, ReplicaOptions options, long skipBefore) {
    this.feed = feed;
    this.events = events;
    this.rows = new BinlogRows(options.schemas(), options.textFaults(), options.maxEventSize());
    this.queries = new CompressedBlock(options.maxEventSize());
    this.skipBefore = skipBefore;
  }

  /** Reads from a position, which is the first byte of an event or 4. */
  public static ReplicaClient fromPosition(
      Session session, ReplicaOptions options, String file, long position) throws IOException {
    ReplicaSession replica = prepare(session, options);
    DumpStream stream = replica.dump(file, LogOffset.dumpStart(position));
    return of(stream, replica, options, file, skipBefore(position));
  }

  /**
   * Reads once, from a position to the current end of the log. The server does not treat the
   * connection as a replica, whatever the options' identity, and terminates no other dump because
   * of it.
   */
  public static ReplicaClient toTheEnd(
      Session session, ReplicaOptions options, String file, long position) throws IOException {
    ReplicaSession replica =
        ReplicaSession.prepare(session, ReplicaIdentity.ofNoReplica(), options.heartbeat());
    DumpStream stream = replica.dumpToEnd(file, LogOffset.dumpStart(position));
    return of(stream, replica, options, file, skipBefore(position));
  }

  /** Reads every transaction of a MySQL server that is not in the set. */
  public static ReplicaClient fromGtids(
      Session session, ReplicaOptions options, MysqlGtidSet executed) throws IOException {
    ReplicaSession replica = prepare(session, options);
    DumpStream stream = replica.dumpGtid(executed.encode());
    return of(stream, replica, options, "", 0);
  }

  /** Reads what follows a MariaDB GTID position such as {@code 0-1-100,1-2-5}. */
  public static ReplicaClient fromMariadbGtids(
      Session session, ReplicaOptions options, String executed) throws IOException {
    ReplicaSession replica = prepare(session, options);
    DumpStream stream = replica.dumpMariaDbGtid(executed);
    return of(stream, replica, options, "", 0);
  }

  /**
   * Reads events from a source other than a server; the first is a ROTATE or a file's first event.
   */
  public static ReplicaClient ofFeed(EventFeed feed, boolean checksums, ReplicaOptions options) {
    EventReader events = new EventReader(feed, checksums, "", options.maxEventSize());
    return new ReplicaClient(feed, events, options, 0);
  }

  private static ReplicaClient of(
      DumpStream stream,
      ReplicaSession replica,
      ReplicaOptions options,
      String file,
      long skipBefore) {
    EventReader events =
        new EventReader(stream, replica.checksummed(), file, options.maxEventSize());
    return new ReplicaClient(stream, events, options, skipBefore);
  }

  private static long skipBefore(long position) {
    return LogOffset.fitsCommand(position) ? 0 : position;
  }

  private static ReplicaSession prepare(Session session, ReplicaOptions options)
      throws IOException {
    ReplicaSession replica =
        ReplicaSession.prepare(session, options.identity(), options.heartbeat());
    if (session.serverVersion().listsReplicasSafely()) {
      replica.register();
    }
    return replica;
  }

  /**
   * Waits for the next event. TABLE_MAP events are recorded; unknown events that are marked as
   * ignorable are skipped.
   *
   * @throws EOFException at the end of a log that is not followed indefinitely
   * @throws MalformedBytesException when the stream is corrupt, with file and position
   */
  public BinlogEvent next() throws IOException {
    while (true) {
      BinlogEvent event = events.next();
      if (event == null) {
        throw new EOFException("The log ends at " + file() + ":" + position());
      }
      EventType type = event.type();
      if (type == null) {
        requireIgnorable(event);
        continue;
      }
      process(type, event);
      if (!precedesStart(type, event)) {
        return event;
      }
    }
  }

  /** Sets the listener, which is notified before {@link #next} returns the event. */
  public void listen(TableMapListener tableMaps) {
    listener = tableMaps;
  }

  /**
   * Forgets the tables that were mapped so far, because they may have changed since: those that are
   * mapped again are described again. Not to be called between a TABLE_MAP and its rows.
   */
  public void forgetTables() {
    tables.clear();
  }

  /**
   * A dump cannot be requested to start beyond 4 GiB, so the file's events before it are skipped.
   */
  private boolean precedesStart(EventType type, BinlogEvent event) {
    if (skipBefore == 0) {
      return false;
    }
    if (type == EventType.ROTATE && !event.isArtificial()) {
      throw new MalformedBytesException(
          "Expected an event at "
              + skipBefore
              + " but the file ends before it, at "
              + event.start());
    }
    boolean before = event.isArtificial() || event.start() < skipBefore;
    skipBefore = before ? skipBefore : 0;
    return before;
  }

  private void requireIgnorable(BinlogEvent event) {
    if (!event.isIgnorable()) {
      throw new MalformedBytesException(
          "Event type "
              + event.typeNumber()
              + " is unknown and not marked as ignorable: skipping it could lose changes, at "
              + events.file()
              + ":"
              + event.start());
    }
  }

  private void process(EventType type, BinlogEvent event) {
    atRows = false;
    try {
      switch (type) {
        case FORMAT_DESCRIPTION, ROTATE -> startFile(type);
        case TABLE_MAP -> mapTable(event);
        default -> {
          if (type.isRows()) {
            openRows(type, event.body());
          }
        }
      }
    } catch (MalformedBytesException e) {
      throw new MalformedBytesException(
          e.getMessage() + ", at " + events.file() + ":" + event.start(), e);
    }
  }

  private void startFile(EventType type) {
    tables.clear();
    boolean started = type == EventType.FORMAT_DESCRIPTION && events.format().createdAt() != 0;
    if (started && listener != null) {
      listener.serverStarted();
    }
  }

  private void mapTable(BinlogEvent event) {
    TableMap table = tables.read(event.body(), events.format().server());
    if (listener != null) {
      listener.tableIsMapped(table.namesColumns());
    }
  }

  private void openRows(EventType type, ByteReader body) {
    tableId = TableMaps.peekTableId(body);
    TableMap table = tables.get(tableId);
    if (table == null && tableId == DUMMY_TABLE_ID) {
      return;
    }
    if (table == null) {
      throw new MalformedBytesException(
          "Rows of table id " + tableId + " are not preceded by a TABLE_MAP");
    }
    rows.open(body, type, table);
    atRows = true;
  }

  /** The rows of the last event; null unless it was a rows event with rows. */
  public @Nullable Rows rows() {
    return atRows ? rows : null;
  }

  /**
   * The table id of the last rows event; the server assigns a new one each time it opens a table.
   */
  public long tableId() {
    return tableId;
  }

  /** Whether the last event was part of a compressed transaction. */
  public boolean inPayload() {
    return events.inPayload();
  }

  /** Reads the last event as a statement. */
  public QueryEvent query(BinlogEvent event) {
    return event.type() == EventType.MARIADB_QUERY_COMPRESSED
        ? QueryEvent.readCompressed(event.body(), queries)
        : QueryEvent.read(event.body());
  }

  /**
   * Whether {@link #next} would return without waiting for the server, or a heartbeat is due: then
   * it returns soon, or fails because the connection is lost.
   */
  public boolean ready() throws IOException {
    return events.ready();
  }

  /** The file that is being read. */
  public String file() {
    return events.file();
  }

  /** 64-bit offset in the file just after the last event. */
  public long position() {
    return events.position();
  }

  /** Closes the connection, from any thread: a call that waits for the server fails. */
  public void abort() throws IOException {
    TableMapListener notified = listener;
    if (notified != null) {
      notified.abort();
    }
    feed.abort();
  }

  @Override
  public void close() throws IOException {
    queries.close();
    rows.close();
    events.close();
    feed.close();
  }
}
