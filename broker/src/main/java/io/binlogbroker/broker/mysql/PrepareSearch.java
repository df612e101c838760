package io.binlogbroker.broker.mysql;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.QueryEvent;
import io.binlogbroker.binlog.event.XaPrepareEvent;
import io.binlogbroker.binlog.event.Xid;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks in the log for XA transactions that were prepared before the broker began to read, from the
 * newest file to the oldest, each of them once. Relay thread.
 */
final class PrepareSearch {
  private static final Logger log = LoggerFactory.getLogger(PrepareSearch.class);
  private static final long FIRST_EVENT = 4;

  private final BinlogReplay past;

  /** Prepared in what was searched, and not decided in the same file. */
  private final Map<Xid, Place> found = new HashMap<>();

  private @Nullable String oldest;
  private @Nullable Place newest;

  PrepareSearch(BinlogReplay past) {
    this.past = past;
  }

  /**
   * Where the transaction's group starts that was prepared last before a place.
   *
   * @return null when the log does not have it
   */
  @Nullable Place find(Xid xid, Place before) throws IOException {
    Place known = found.remove(xid);
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

  /** The transaction is decided; another one may have its id later. */
  void forget(Xid xid) {
    found.remove(xid);
  }

  /** A dump by GTIDs may have left out what is behind the place that was searched up to. */
  private void forward(Place to) throws IOException {
    Place from = newest;
    if (from == null) {
      from = new Place(to.file(), FIRST_EVENT);
      oldest = to.file();
    }
    found.putAll(undecided(from, to));
    newest = to;
  }

  /** False when there is no older file. */
  private boolean backward() throws IOException {
    String end = Objects.requireNonNull(oldest);
    List<String> files = past.files();
    int index = files.indexOf(end);
    if (index < 1) {
      return false;
    }
    String file = files.get(index - 1);
    undecided(new Place(file, FIRST_EVENT), new Place(end, FIRST_EVENT))
        .forEach(found::putIfAbsent);
    oldest = file;
    return true;
  }

  private Map<Xid, Place> undecided(Place from, Place to) throws IOException {
    Map<Xid, Place> prepared = new HashMap<>();
    if (from.equals(to)) {
      return prepared;
    }
    try (ReplicaClient client = past.from(from)) {
      Place group = from;
      BinlogEvent event = client.next();
      while (!isBehind(client, event, to)) {
        if (Objects.requireNonNull(event.type()).isGtid()) {
          group = new Place(client.file(), event.start());
        }
        note(client, event, group, prepared);
        event = client.next();
      }
    }
    return prepared;
  }

  private static boolean isBehind(ReplicaClient client, BinlogEvent event, Place end) {
    return !event.isArtificial()
        && client.file().equals(end.file())
        && event.start() >= end.offset();
  }

  private static void note(
      ReplicaClient client, BinlogEvent event, Place group, Map<Xid, Place> prepared) {
    EventType type = event.type();
    if (type == EventType.XA_PREPARE) {
      prepare(XaPrepareEvent.read(event.body()), group, prepared);
    }
    if (type == EventType.QUERY || type == EventType.MARIADB_QUERY_COMPRESSED) {
      decide(client.query(event), prepared);
    }
  }

  private static void prepare(XaPrepareEvent prepare, Place group, Map<Xid, Place> prepared) {
    if (!prepare.onePhase()) {
      prepared.put(prepare.xid(), group);
    }
  }

  private static void decide(QueryEvent query, Map<Xid, Place> prepared) {
    QueryEvent.Kind kind = query.kind();
    if (kind == QueryEvent.Kind.XA_COMMIT || kind == QueryEvent.Kind.XA_ROLLBACK) {
      prepared.remove(query.xid());
    }
  }
}
