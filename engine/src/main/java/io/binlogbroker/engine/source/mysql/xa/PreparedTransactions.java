package io.binlogbroker.engine.source.mysql.xa;

import io.binlogbroker.binlog.event.Xid;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.source.mysql.log.BinlogReplay;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The XA transactions that are prepared but neither committed nor rolled back. Their positions and
 * cached events are kept until the source is closed; others are searched for in the log. Relay
 * thread.
 */
final class PreparedTransactions {
  /** Servers have a few at a time; beyond this number the log is searched. */
  private static final int MOST = 10_000;

  private final BinlogReplay log;
  private final PrepareSearch search;
  private final PreparedTransactionCache kept;
  private final Map<Xid, Prepared> known = new LinkedHashMap<>();

  PreparedTransactions(BinlogReplay log, PreparedTransactionCache kept) {
    this.log = log;
    this.kept = kept;
    this.search = new PrepareSearch(log);
  }

  /**
   * A transaction was prepared.
   *
   * @param group position of its first event
   * @param rows whether it changes any rows
   */
  void prepared(Xid xid, BinlogPosition group, boolean rows) {
    if (known.size() >= MOST) {
      forget(known.keySet().iterator().next());
    }
    known.put(xid, new Prepared(group, rows));
    kept.prepared(xid);
  }

  /**
   * A transaction is committed without having been prepared.
   *
   * @param group position of its first event
   * @return its rows
   */
  PreparedRows committedAtOnce(Xid xid, BinlogPosition group) throws IOException {
    return read(xid, group, kept.takeOpen());
  }

  /** A prepared transaction was rolled back: its rows are not delivered. */
  void rolledBack(Xid xid) {
    forget(xid);
  }

  private void forget(Xid xid) {
    known.remove(xid);
    kept.forget(xid);
    search.forget(xid);
  }

  /**
   * A prepared transaction was committed.
   *
   * @param commit position of the group that commits it
   * @return its rows; null when it has none
   * @throws DeliveryException when the log no longer has them
   */
  @Nullable PreparedRows committed(Xid xid, BinlogPosition commit) throws IOException {
    BufferedEvents events = kept.take(xid);
    Prepared prepared = known.remove(xid);
    if (prepared != null) {
      search.forget(xid);
      return prepared.rows() ? read(xid, prepared.group(), events) : null;
    }
    BinlogPosition found = search.find(xid, commit);
    if (found == null) {
      throw lost(xid, commit);
    }
    return read(xid, found, null);
  }

  private PreparedRows read(Xid xid, BinlogPosition group, @Nullable BufferedEvents events)
      throws IOException {
    return new PreparedRows(events == null ? log.from(group) : log.of(events), xid, group);
  }

  /** The failure is not a lost position: continuing elsewhere would not recover these rows. */
  private static DeliveryException lost(Xid xid, BinlogPosition commit) {
    return DeliveryException.fatal(
        FailureKind.UNDELIVERABLE,
        "The XA transaction "
            + xid
            + " is committed at "
            + commit
            + " but was prepared in a log file that the server no longer has: the broker cannot"
            + " read its rows. Compare the tables it changed, then continue after it with"
            + " \"binlogbroker position set\".");
  }

  private record Prepared(BinlogPosition group, boolean rows) {}
}
