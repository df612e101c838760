package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.EventFeed;
import io.binlogbroker.binlog.event.EventReader;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.MariadbGtidEvent;
import io.binlogbroker.binlog.wire.DumpStream;
import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.ReplicaSession;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.SessionOptions;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.catalogue.LiveSchema.Later;
import io.binlogbroker.engine.schema.catalogue.LiveSchema.Present;
import io.binlogbroker.engine.schema.ddl.Ddl;
import io.binlogbroker.engine.schema.ddl.DdlReader;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.source.mysql.server.ReplicaSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DDL between what is being read and the log's end, found by reading that part of the log a
 * second time, each byte once at most. Relay thread, but for {@link #abort}.
 */
public final class DdlLookahead {
  private static final Logger log = LoggerFactory.getLogger(DdlLookahead.class);
  private static final long MAX_POSITION_IN_COMMAND = 0xFFFFFFFFL;
  private static final long FIRST_EVENT = 4;

  private final SessionOptions server;
  private final @Nullable String uuid;
  private final ReplicaSettings settings;
  private final List<Statement> statements = new ArrayList<>();
  private @Nullable BinlogPosition from;
  private @Nullable BinlogPosition to;
  private volatile @Nullable Session reading;

  /**
   * @param uuid of the server that is meant: behind one address there may be several
   */
  public DdlLookahead(SessionOptions server, @Nullable String uuid, ReplicaSettings settings) {
    this.server = server;
    this.uuid = uuid;
    this.settings = settings;
  }

  public boolean isOf(SessionOptions other, @Nullable String otherUuid) {
    return server.equals(other) && Objects.equals(uuid, otherUuid);
  }

  private record Statement(BinlogPosition place, Ddl ddl, String brief) {}

  /** As {@link io.binlogbroker.engine.schema.catalogue.LiveSchema#firstEnding}. */
  public @Nullable Later firstEnding(
      TableName name, BinlogPosition start, Present now, boolean lowerCase) throws IOException {
    BinlogPosition end = now.end();
    if (!start.isBefore(end)) {
      return null;
    }
    cover(start, end, lowerCase);
    for (Statement statement : statements) {
      boolean between = !statement.place().isBefore(start) && statement.place().isBefore(end);
      if (between && statement.ddl().ends(name, now.definition())) {
        return new Later(statement.place(), statement.brief());
      }
    }
    return null;
  }

  private void cover(BinlogPosition start, BinlogPosition end, boolean lowerCase)
      throws IOException {
    if (from == null || to == null || start.isBefore(from) || to.isBefore(start)) {
      statements.clear();
      to = start;
    }
    from = start;
    statements.removeIf(statement -> statement.place().isBefore(start));
    BinlogPosition known = Objects.requireNonNull(to);
    if (known.isBefore(end)) {
      to = read(known, lowerCase);
    }
  }

  /** Returns where the log ended. */
  private BinlogPosition read(BinlogPosition start, boolean lowerCase) throws IOException {
    long began = System.nanoTime();
    try (Session session = Session.open(server)) {
      reading = session;
      LogProbe.requireServer(session, uuid);
      ReplicaSession replica = ReplicaSession.prepare(session, stranger(), settings.heartbeat());
      boolean reachable = start.offset() <= MAX_POSITION_IN_COMMAND;
      DumpStream stream = replica.dumpToEnd(start.file(), reachable ? start.offset() : FIRST_EVENT);
      long max = settings.maxEventSize();
      try (EventReader events =
              new EventReader(new Feed(stream), replica.checksummed(), start.file(), max);
          StatementReader reader = new StatementReader(session.serverVersion(), max)) {
        BinlogPosition end = read(events, reader, lowerCase);
        log.info(
            "Looked ahead for DDL from {} to {} in {} ms",
            start,
            end,
            (System.nanoTime() - began) / 1_000_000);
        return end;
      }
    } finally {
      reading = null;
    }
  }

  private BinlogPosition read(EventReader events, StatementReader reader, boolean lowerCase)
      throws IOException {
    BinlogEvent event = events.next();
    while (event != null) {
      EventType type = event.type();
      if (type == EventType.MARIADB_GTID) {
        reader.groupBegins(MariadbGtidEvent.peek(event));
      }
      if (type == EventType.QUERY || type == EventType.MARIADB_QUERY_COMPRESSED) {
        take(new BinlogPosition(events.file(), event.start()), reader.read(event), lowerCase);
      }
      event = events.next();
    }
    return new BinlogPosition(events.file(), events.position());
  }

  private void take(BinlogPosition place, @Nullable LoggedStatement statement, boolean lowerCase) {
    Ddl ddl = statement == null ? null : DdlReader.read(statement, lowerCase);
    if (statement != null && ddl != null) {
      statements.add(new Statement(place, ddl, statement.brief()));
    }
  }

  /** The server throws out who reads under the same name, and that is the broker itself. */
  private static ReplicaIdentity stranger() {
    long id = ThreadLocalRandom.current().nextLong(1L << 31, 1L << 32);
    return new ReplicaIdentity(id, UUID.randomUUID(), "binlogbroker-ahead");
  }

  /** Lets go of what is being read, from any thread: whoever waits for it fails. */
  public void abort() throws IOException {
    Session current = reading;
    if (current != null) {
      current.abort();
    }
  }

  /** The dump connection as a feed of events. */
  record Feed(DumpStream stream) implements EventFeed {
    @Override
    public boolean next(ByteReader event) throws IOException {
      return stream.next(event);
    }

    @Override
    public boolean ready() throws IOException {
      return stream.isAvailable();
    }
  }
}
