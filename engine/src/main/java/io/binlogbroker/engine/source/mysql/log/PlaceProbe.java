package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.EventReader;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.LogOffset;
import io.binlogbroker.binlog.event.ServerVersion;
import io.binlogbroker.binlog.wire.connection.ProtocolViolationException;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether an event, and a transaction with it, begins at a position of a server's log, by
 * reading that one event over a separate connection. One thread.
 */
public final class PlaceProbe {
  private final SessionOptions server;

  public PlaceProbe(SessionOptions server) {
    this.server = server;
  }

  /**
   * Why reading cannot begin at a position in a file that the server has, such as "it is inside an
   * event"; null where it can. A statement there is accepted, whether or not it begins a
   * transaction: a position that was stored is trusted.
   */
  public @Nullable String fault(BinlogPosition place) throws IOException {
    return fault(place, false);
  }

  /**
   * As {@link #fault}, for a position that is about to be stored: a statement is not accepted as a
   * start.
   */
  public @Nullable String faultOfStart(BinlogPosition place) throws IOException {
    return fault(place, true);
  }

  private @Nullable String fault(BinlogPosition place, boolean strict) throws IOException {
    if (place.offset() == BinlogPosition.FIRST_EVENT || !LogOffset.fitsCommand(place.offset())) {
      return null;
    }
    try (SecondReader reader = SecondReader.open(server)) {
      return fault(reader, place, strict);
    } catch (MalformedBytesException | ProtocolViolationException e) {
      return withinEvent();
    } catch (ServerErrorException e) {
      DeliveryException failure = new SourceFailures(server.credentials().user()).toRelay(e);
      if (failure.kind() != FailureKind.SOURCE_DATA) {
        throw e;
      }
      return withinEvent();
    }
  }

  private @Nullable String fault(SecondReader reader, BinlogPosition place, boolean strict)
      throws IOException {
    try (EventReader events = reader.events(place, server.maxPacketBytes())) {
      BinlogEvent event = first(events);
      if (event == null || !events.file().equals(place.file())) {
        return null; // the end of the log or of the file
      }
      if (event.start() != place.offset()) {
        return withinEvent();
      }
      boolean certain = strict && writesGtids(reader.serverVersion());
      boolean begins =
          certain ? !events.inPayload() && isBetweenTransactions(event) : !isAmongRows(event);
      return begins
          ? null
          : "it is inside a transaction, at an event of type " + event.typeNumber();
    }
  }

  private static String withinEvent() {
    return "it is inside an event";
  }

  /** The first event after the server's artificial ones; null at the end of the log. */
  private static @Nullable BinlogEvent first(EventReader events) throws IOException {
    BinlogEvent event = events.next();
    while (event != null && event.end() == event.start()) {
      event = events.next();
    }
    return event;
  }

  /**
   * Whether the server writes a GTID event before each transaction, even for those without GTIDs.
   */
  private static boolean writesGtids(ServerVersion version) {
    return version.mariaDb() || version.isAtLeast(5, 7, 0);
  }

  private static boolean isAmongRows(BinlogEvent event) {
    EventType type = event.type();
    return type != null && (type == EventType.TABLE_MAP || type.isRows());
  }

  /** An unknown event type may be skipped, as in the stream. */
  static boolean isBetweenTransactions(BinlogEvent event) {
    EventType type = event.type();
    return type == null ? event.isIgnorable() : isBetweenTransactions(type);
  }

  private static boolean isBetweenTransactions(EventType type) {
    return switch (type) {
      case GTID,
          ANONYMOUS_GTID,
          GTID_TAGGED,
          MARIADB_GTID,
          FORMAT_DESCRIPTION,
          PREVIOUS_GTIDS,
          MARIADB_GTID_LIST,
          MARIADB_BINLOG_CHECKPOINT,
          MARIADB_START_ENCRYPTION,
          ROTATE,
          STOP,
          INCIDENT ->
          true;
      default -> false;
    };
  }
}
