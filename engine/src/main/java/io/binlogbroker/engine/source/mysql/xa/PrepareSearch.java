package io.binlogbroker.engine.source.mysql.xa;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.QueryEvent;
import io.binlogbroker.binlog.event.XaPrepareEvent;
import io.binlogbroker.binlog.event.Xid;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.source.mysql.log.BinlogReplay;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches the log for XA transactions that were prepared before the broker started reading, from
 * the newest file to the oldest, each file once. Relay thread.
 */
final class PrepareSearch {
  private static final Logger log = LoggerFactory.getLogger(PrepareSearch.class);

  private final BinlogReplay replay;

  /**
   * Transactions prepared in the searched files, and neither committed nor rolled back in the same
   * file.
   */
  private final Map<Xid, BinlogPosition> found = new HashMap<>();

  private @Nullable String oldest;
  private @Nullable BinlogPosition newest;

  PrepareSearch(BinlogReplay replay) {
    this.replay = replay;
  }

  /**
   * The start of the group that last prepared the transaction before a position.
   *
   * @return null when the log does not have it
   */
  @Nullable BinlogPosition find(Xid xid, BinlogPosition before) throws IOException {
    BinlogPosition known = found.remove(xid);
    if (known != null) {
      return known;
    }
    log.info("Looking for the XA transaction {} in the log before {}", xid, before);
    forward(before);
    while (!found.containsKey(xid) && backward()) {
      log.debug("The log is searched back to {}", oldest);
    }
    return found.remove(xid);
  }

  /** Removes a transaction that is committed or rolled back; its xid may be reused. */
  void forget(Xid xid) {
    found.remove(xid);
  }

  /**
   * Searches forward to a position: a dump by GTIDs may have skipped events after the end of the
   * last search.
   */
  private void forward(BinlogPosition to) throws IOException {
    BinlogPosition from = newest;
    if (from == null) {
      from = BinlogPosition.startOf(to.file());
      oldest = to.file();
    }
    found.putAll(undecided(from, to));
    newest = to;
  }

  /** Searches the next older file; false when there is none. */
  private boolean backward() throws IOException {
    String end = Objects.requireNonNull(oldest);
    List<String> files = replay.files();
    int index = files.indexOf(end);
    if (index < 1) {
      return false;
    }
    String file = files.get(index - 1);
    undecided(BinlogPosition.startOf(file), BinlogPosition.startOf(end))
        .forEach(found::putIfAbsent);
    oldest = file;
    return true;
  }

  private Map<Xid, BinlogPosition> undecided(BinlogPosition from, BinlogPosition to)
      throws IOException {
    Map<Xid, BinlogPosition> prepared = new HashMap<>();
    if (from.equals(to)) {
      return prepared;
    }
    try (ReplicaClient client = replay.from(from)) {
      BinlogPosition group = from;
      BinlogEvent event = client.next();
      while (!isAtEnd(client, event, to)) {
        if (Objects.requireNonNull(event.type()).isGtid()) {
          group = new BinlogPosition(client.file(), event.start());
        }
        note(client, event, group, prepared);
        event = client.next();
      }
    }
    return prepared;
  }

  private static boolean isAtEnd(ReplicaClient client, BinlogEvent event, BinlogPosition end) {
    return !event.isArtificial()
        && client.file().equals(end.file())
        && event.start() >= end.offset();
  }

  private static void note(
      ReplicaClient client,
      BinlogEvent event,
      BinlogPosition group,
      Map<Xid, BinlogPosition> prepared) {
    EventType type = event.type();
    if (type == EventType.XA_PREPARE) {
      prepare(XaPrepareEvent.read(event.body()), group, prepared);
    }
    if (type == EventType.QUERY || type == EventType.MARIADB_QUERY_COMPRESSED) {
      decide(client.query(event), prepared);
    }
  }

  private static void prepare(
      XaPrepareEvent prepare, BinlogPosition group, Map<Xid, BinlogPosition> prepared) {
    if (!prepare.onePhase()) {
      prepared.put(prepare.xid(), group);
    }
  }

  private static void decide(QueryEvent query, Map<Xid, BinlogPosition> prepared) {
    QueryEvent.Kind kind = query.kind();
    if (kind == QueryEvent.Kind.XA_COMMIT || kind == QueryEvent.Kind.XA_ROLLBACK) {
      prepared.remove(query.xid());
    }
  }
}
