package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.ReplicaOptions;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.EventReader;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.GtidEvent;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.row.column.TextFaults;
import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds the transaction that contains a position, and the rows of it before the position, by
 * reading the log over a separate connection from the beginning of the file. One thread.
 */
public final class TransactionSearch {
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final SessionOptions server;

  public TransactionSearch(SessionOptions server) {
    this.server = server;
  }

  /**
   * The transaction from which a reader continues that has read everything before an event: the one
   * that contains the event, or the next one if the event only ends a transaction.
   *
   * @throws DeliveryException INVALID_ARGUMENT when no event begins at the position
   */
  public LoggedTransaction at(BinlogPosition place) throws IOException {
    try (SecondReader reader = SecondReader.open(server);
        EventReader events =
            reader.events(BinlogPosition.startOf(place.file()), server.maxPacketBytes())) {
      return find(events, place);
    }
  }

  private static LoggedTransaction find(EventReader events, BinlogPosition place)
      throws IOException {
    LoggedTransaction last = null;
    long end = BinlogPosition.FIRST_EVENT;
    for (BinlogEvent event = next(events, place);
        event != null && event.start() <= place.offset();
        event = next(events, place)) {
      if (event.start() == place.offset()) {
        return found(events, event, last, place);
      }
      if (isGtid(event)) {
        last = transaction(event, place);
      }
      end = event.end();
    }
    if (end == place.offset()) {
      return new LoggedTransaction(place, null);
    }
    throw DeliveryException.fatal(
        FailureKind.INVALID_ARGUMENT,
        end < place.offset()
            ? place + " is beyond the end of its file, " + end
            : place + " is inside an event");
  }

  private static LoggedTransaction found(
      EventReader events, BinlogEvent event, @Nullable LoggedTransaction last, BinlogPosition place)
      throws IOException {
    if (PlaceProbe.isBetweenTransactions(event) && !events.inPayload()) {
      return transaction(event, place);
    }
    if (event.type() != EventType.XID || events.inPayload()) {
      return last == null ? new LoggedTransaction(place, null) : last;
    }
    BinlogPosition end = new BinlogPosition(place.file(), event.end());
    BinlogEvent next = next(events, place);
    return next == null ? new LoggedTransaction(end, null) : transaction(next, end);
  }

  /** The next event of the file, without artificial ones; null after the last. */
  private static @Nullable BinlogEvent next(EventReader events, BinlogPosition place)
      throws IOException {
    if (!events.file().equals(place.file())) {
      return null;
    }
    BinlogEvent event = events.next();
    while (event != null && event.end() == event.start()) {
      event = events.next();
    }
    return event;
  }

  private static boolean isGtid(BinlogEvent event) {
    EventType type = event.type();
    return type != null && type.isGtid();
  }

  private static LoggedTransaction transaction(BinlogEvent event, BinlogPosition place) {
    EventType type = event.type();
    String gtid =
        type != null && type.isGtid() && type != EventType.MARIADB_GTID
            ? GtidEvent.read(event.body(), type).text()
            : null;
    return new LoggedTransaction(new BinlogPosition(place.file(), event.start()), gtid);
  }

  /**
   * The number of a transaction's rows that a reader has seen: those before a position, and those
   * of a number of events after it.
   *
   * @param events completely read, counted from the position
   * @param rows read of the event after these
   * @return null where rows cannot be counted without their columns
   */
  public @Nullable Long rows(BinlogPosition start, BinlogPosition place, long events, long rows)
      throws IOException {
    ReplicaOptions options =
        new ReplicaOptions(
            ReplicaIdentity.ofNoReplica(),
            HEARTBEAT,
            server.maxPacketBytes(),
            table -> null,
            TextFaults.IGNORED);
    try (SecondReader reader = SecondReader.open(server);
        ReplicaClient client = reader.client(start, options)) {
      return count(client, place, events, rows);
    } catch (EOFException | SchemaException e) {
      return null; // the message is the same without the number
    }
  }

  private static long count(ReplicaClient client, BinlogPosition place, long events, long rows)
      throws IOException {
    long count = 0;
    long behind = 0;
    int groups = 0;
    while (true) {
      BinlogEvent event = client.next();
      groups += isGtid(event) ? 1 : 0;
      boolean before = event.start() < place.offset();
      if (groups > 1 || (!before && behind > events) || (!before && events + rows == 0)) {
        return count;
      }
      Rows read = client.rows();
      long inEvent = read == null ? 0 : read.skip();
      count += before || behind < events ? inEvent : Math.min(inEvent, rows);
      behind += before ? 0 : 1;
    }
  }
}
