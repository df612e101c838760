package io.binlogbroker.binlog;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.CompressedBlock;
import io.binlogbroker.binlog.event.EventFeed;
import io.binlogbroker.binlog.event.EventReader;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.binlog.event.QueryEvent;
import io.binlogbroker.binlog.row.BinlogRows;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.TableMap;
import io.binlogbroker.binlog.row.TableMaps;
import io.binlogbroker.binlog.wire.DumpStream;
import io.binlogbroker.binlog.wire.ReplicaSession;
import io.binlogbroker.binlog.wire.Session;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a server's binary log as a replica: event by event, rows decoded where they are asked for.
 * One thread, but for {@link #abort}.
 */
public final class ReplicaClient implements AutoCloseable {
  private static final long MAX_POSITION_IN_COMMAND = 0xFFFFFFFFL;
  private static final long FIRST_EVENT = 4;

  /** Ends a statement and has no rows: the server writes it where a table map was all there was. */
  private static final long DUMMY_TABLE_ID = 0xFFFFFF;

  private final EventFeed feed;
  private final EventReader events;
  private final TableMaps tables = new TableMaps();
  private final BinlogRows rows;
  private final CompressedBlock queries;
  private StatementListener statements = (file, event) -> false;
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

  /** Reads from a position on: the first byte of an event, or 4. */
  public static ReplicaClient fromPosition(
      Session session, ReplicaOptions options, String file, long position) throws IOException {
    ReplicaSession replica = prepare(session, options);
    DumpStream stream = replica.dump(file, reachable(position));
    return of(session, stream, replica, options, file, beyondReach(position));
  }

  /**
   * Reads from a position to the log's present end, once: not as a replica that the server knows,
   * if the identity is that of none, so that nobody else's dump is ended by it.
   */
  public static ReplicaClient toTheEnd(
      Session session, ReplicaOptions options, String file, long position) throws IOException {
    ReplicaSession replica =
        ReplicaSession.prepare(session, options.identity(), options.heartbeat());
    DumpStream stream = replica.dumpToEnd(file, reachable(position));
    return of(session, stream, replica, options, file, beyondReach(position));
  }

  /** Reads every transaction of a MySQL server that is not in the set. */
  public static ReplicaClient fromGtids(
      Session session, ReplicaOptions options, MysqlGtidSet executed) throws IOException {
    ReplicaSession replica = prepare(session, options);
    DumpStream stream = replica.dumpGtid(executed.encode());
    return of(session, stream, replica, options, "", 0);
  }

  /** Reads what follows a MariaDB GTID position such as {@code 0-1-100,1-2-5}. */
  public static ReplicaClient fromMariadbGtids(
      Session session, ReplicaOptions options, String executed) throws IOException {
    ReplicaSession replica = prepare(session, options);
    DumpStream stream = replica.dumpMariaDbGtid(executed);
    return of(session, stream, replica, options, "", 0);
  }

  /** Reads events that come from elsewhere than a server, the first one a ROTATE or a file's. */
  public static ReplicaClient ofFeed(EventFeed feed, boolean checksums, ReplicaOptions options) {
    EventReader events = new EventReader(feed, checksums, "", options.maxEventSize());
    return new ReplicaClient(feed, events, options, 0);
  }

  private static ReplicaClient of(
      Session session,
      DumpStream stream,
      ReplicaSession replica,
      ReplicaOptions options,
      String file,
      long skipBefore) {
    EventFeed feed = new Feed(session, stream);
    EventReader events = new EventReader(feed, replica.checksummed(), file, options.maxEventSize());
    return new ReplicaClient(feed, events, options, skipBefore);
  }

  private static long reachable(long position) {
    return position <= MAX_POSITION_IN_COMMAND ? position : FIRST_EVENT;
  }

  private static long beyondReach(long position) {
    return position <= MAX_POSITION_IN_COMMAND ? 0 : position;
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
   * Waits for the next event. TABLE_MAP events are taken note of; events that are unknown but may
   * be ignored are passed over.
   *
   * @throws EOFException at the end of a log that is not followed for ever
   * @throws MalformedBytesException when the stream cannot be trusted, with file and position
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
      takeNote(type, event);
      if (!isBeforeStart(type, event)) {
        return event;
      }
    }
  }

  /** Has statements told to a listener, each before {@link #next} returns it. */
  public void listen(StatementListener listener) {
    statements = listener;
  }

  /** A start beyond 4 GiB cannot be asked for: what stands before it in its file is passed over. */
  private boolean isBeforeStart(EventType type, BinlogEvent event) {
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
              + " is not known here and is not marked as ignorable: passing over it could lose"
              + " changes, at "
              + events.file()
              + ":"
              + event.start());
    }
  }

  private void takeNote(EventType type, BinlogEvent event) {
    atRows = false;
    try {
      switch (type) {
        case FORMAT_DESCRIPTION, ROTATE -> fileBegins(type);
        case MARIADB_GTID -> {
          if (statements.groupBegins(events.file(), event)) {
            tables.clear();
          }
        }
        case QUERY, MARIADB_QUERY_COMPRESSED -> {
          if (statements.changesTables(events.file(), event)) {
            tables.clear();
          }
        }
        case TABLE_MAP -> {
          TableMap table = tables.read(event.body(), events.format().server());
          statements.tableIsMapped(table.namesColumns());
        }
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

  private void fileBegins(EventType type) {
    tables.clear();
    if (type == EventType.FORMAT_DESCRIPTION && events.format().createdAt() != 0) {
      statements.serverStarted();
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
          "Rows of table id " + tableId + " come without a TABLE_MAP that tells whose they are");
    }
    rows.open(body, type, table);
    atRows = true;
  }

  /** The rows of the last event, if it was a rows event that is not a dummy; else null. */
  public @Nullable Rows rows() {
    return atRows ? rows : null;
  }

  /** The table id of the last rows event, which the server gives each opening of a table. */
  public long tableId() {
    return tableId;
  }

  /** Whether the last event came out of a compressed transaction. */
  public boolean inPayload() {
    return events.inPayload();
  }

  /** Reads the last event as a statement. */
  public QueryEvent query(BinlogEvent event) {
    return event.type() == EventType.MARIADB_QUERY_COMPRESSED
        ? QueryEvent.readCompressed(event.body(), queries)
        : QueryEvent.read(event.body());
  }

  /** Whether {@link #next} would return without waiting for the server. */
  public boolean ready() throws IOException {
    return events.ready();
  }

  /** The file that is being read. */
  public String file() {
    return events.file();
  }

  /** 64-bit offset in the file behind the last event. */
  public long position() {
    return events.position();
  }

  /** Cuts the connection, from any thread: a call that waits for the server fails. */
  public void abort() throws IOException {
    statements.abort();
    feed.abort();
  }

  @Override
  public void close() throws IOException {
    queries.close();
    rows.close();
    events.close();
    feed.close();
  }

  /** The dump connection as a feed of events. */
  private record Feed(Session session, DumpStream stream) implements EventFeed {
    @Override
    public boolean next(ByteReader event) throws IOException {
      return stream.next(event);
    }

    @Override
    public boolean ready() throws IOException {
      return stream.isAvailable();
    }

    @Override
    public void abort() throws IOException {
      session.abort();
    }

    @Override
    public void close() throws IOException {
      session.close();
    }
  }
}
