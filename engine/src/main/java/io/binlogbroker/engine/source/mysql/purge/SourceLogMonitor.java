package io.binlogbroker.engine.source.mysql.purge;

import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.source.mysql.log.LogProbe;
import io.binlogbroker.engine.source.mysql.server.OpenedServer;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Observes the log of one server over separate connections: how much of it follows a position, how
 * fast it grows, and when the position's file is purged. One thread.
 */
public final class SourceLogMonitor {
  private final SessionOptions server;
  private final LogGrowth growth = new LogGrowth();
  private final FileCreationTimes created;

  public SourceLogMonitor(OpenedServer opened) {
    this.server = opened.session();
    LogProbe probe = new LogProbe(server);
    this.created = new FileCreationTimes(file -> probe.createdAt(file, opened.uuid()));
  }

  /** Queries the server. */
  public SourceLogState observe(BinlogPosition position) throws IOException {
    try (Session session = Session.open(server)) {
      ServerFacts facts = new ServerFacts(session);
      long now = facts.now();
      LogList files = new LogList(facts.logFiles());
      created.observe(now, files);
      growth.observe(now, files);
      Long behind = files.bytesAfter(position);
      PurgeSettings settings = PurgeSettings.of(facts);
      return new SourceLogState(
          behind == null ? Double.NaN : behind, forecast(settings, position, files, now));
    }
  }

  private PurgeForecast forecast(
      PurgeSettings settings, BinlogPosition position, LogList files, long now) throws IOException {
    if (!files.has(position.file())) {
      return new PurgeForecast(0, null);
    }
    return byAge(settings.age(), position, files, now)
        .or(
            PurgeForecast.bySize(
                settings.size(), files.bytesFrom(position.file()), growth.bytesPerSecond()));
  }

  /** The current file is purged at the earliest this long after it is closed. */
  private PurgeForecast byAge(
      PurgeSettings.@Nullable Limit limit, BinlogPosition position, LogList files, long now)
      throws IOException {
    if (limit == null) {
      return PurgeForecast.NONE;
    }
    String next = files.after(position.file());
    long closed = next == null ? now : created.of(next);
    return new PurgeForecast(Math.max(0, closed + limit.value() - now), limit.setting());
  }
}
