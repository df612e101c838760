package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.EventReader;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.MariadbGtidEvent;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.catalogue.LiveSchema.LaterStatement;
import io.binlogbroker.engine.schema.catalogue.LiveSchema.LiveTable;
import io.binlogbroker.engine.schema.ddl.Ddl;
import io.binlogbroker.engine.schema.ddl.DdlReader;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.source.mysql.server.ReplicaSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the DDL between the current position and the end of the log by reading that part of the log
 * ahead of the stream, each byte at most once. Relay thread, except for {@link #abort}.
 */
public final class DdlLookahead {
  private static final Logger log = LoggerFactory.getLogger(DdlLookahead.class);

  private final SessionOptions server;
  private final @Nullable String uuid;
  private final ReplicaSettings settings;
  private final List<Statement> statements = new ArrayList<>();
  private @Nullable BinlogPosition from;
  private @Nullable BinlogPosition to;
  private volatile @Nullable SecondReader reading;

  /**
   * @param uuid of the expected server: one address may lead to several servers
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

  /** As {@link io.binlogbroker.engine.schema.catalogue.LiveSchema#firstChange}. */
  public @Nullable LaterStatement firstChange(
      TableName name, BinlogPosition start, LiveTable now, boolean lowerCase) throws IOException {
    BinlogPosition end = now.end();
    if (!start.isBefore(end)) {
      return null;
    }
    cover(start, end, lowerCase);
    for (Statement statement : statements) {
      boolean between = !statement.place().isBefore(start) && statement.place().isBefore(end);
      if (between && statement.ddl().invalidates(name, now.definition())) {
        return new LaterStatement(statement.place(), statement.brief());
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
    long max = settings.maxEventSize();
    try (SecondReader second = SecondReader.open(server, settings.heartbeat())) {
      reading = second;
      second.requireServer(uuid);
      try (EventReader events = second.events(start, max);
          StatementReader reader = new StatementReader(second.serverVersion(), max)) {
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

  /** Aborts the read that is in progress; its caller fails. Any thread. */
  public void abort() throws IOException {
    SecondReader current = reading;
    if (current != null) {
      current.abort();
    }
  }
}
