package io.binlogbroker.engine.source.mysql.xa;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.XaPrepareEvent;
import io.binlogbroker.binlog.event.Xid;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the rows of one XA transaction again, once it is committed. Relay thread. */
public final class PreparedRows implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PreparedRows.class);

  private final ReplicaClient client;
  private final Xid xid;
  private final BinlogPosition place;
  private int groups;

  /**
   * @param client positioned at the transaction's first event; closed together with this object
   */
  public PreparedRows(ReplicaClient client, Xid xid, BinlogPosition place) {
    this.client = client;
    this.xid = xid;
    this.place = place;
  }

  /** Waits for the next rows event of the transaction; null after the last. */
  public @Nullable Rows next() throws IOException {
    while (true) {
      BinlogEvent event = nextEvent();
      EventType type = Objects.requireNonNull(event.type());
      requireFirstGroup(type);
      if (type == EventType.XA_PREPARE) {
        requireSame(XaPrepareEvent.read(event.body()).xid());
        return null;
      }
      Rows rows = type.isRows() ? client.rows() : null;
      if (rows != null) {
        return rows;
      }
    }
  }

  /** Rows after the end of the group belong to another transaction. */
  private void requireFirstGroup(EventType type) {
    groups += type.isGtid() ? 1 : 0;
    if (groups > 1) {
      throw changed("the beginning of another transaction");
    }
  }

  /**
   * Reads the next event; the server rejects the read if it has purged the file since the
   * transaction was prepared.
   */
  private BinlogEvent nextEvent() throws IOException {
    try {
      return client.next();
    } catch (ServerErrorException e) {
      if (e.code() != SourceFailures.DUMP_ERROR) {
        throw e;
      }
      throw DeliveryException.fatal(
          FailureKind.UNDELIVERABLE,
          "The rows of the XA transaction "
              + xid
              + ", which was prepared at "
              + place
              + ", could not be read again: "
              + e.getMessage()
              + ". Compare the tables it changed, then continue after its XA COMMIT with"
              + " \"binlogbroker position set\".",
          e);
    }
  }

  private void requireSame(Xid found) {
    if (!found.equals(xid)) {
      throw changed(found.toString());
    }
  }

  private DeliveryException changed(String found) {
    return DeliveryException.fatal(
        FailureKind.SOURCE_DATA,
        "Expected the prepared XA transaction "
            + xid
            + " at "
            + place
            + " but read "
            + found
            + " there: the server's log has changed meanwhile");
  }

  /** Whether {@link #next} would return without waiting for the server. */
  boolean ready() throws IOException {
    return client.ready();
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      log.debug("The connection was already closed", e);
    }
  }
}
