package io.binlogbroker.engine.source.mysql.log;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.LogOffset;
import io.binlogbroker.binlog.wire.DumpStream;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.BinlogPosition;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the transactions around a position by scanning its file from the beginning, event header by
 * event header. Used for error messages only, so the time is bounded. One thread.
 */
public final class TransactionStarts {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int TYPE_AT = 4;
  private static final int LENGTH_AT = 9;
  private static final int FLAG_ARTIFICIAL = 0x20;

  private final SessionOptions server;
  private final LongSupplier nanoTime;
  private @Nullable Long before;
  private @Nullable Long after;

  public TransactionStarts(SessionOptions server, LongSupplier nanoTime) {
    this.server = server;
    this.nanoTime = nanoTime;
  }

  /** Describes where the nearest transactions begin, as far as they were found in time. */
  public String around(BinlogPosition place) throws IOException {
    before = null;
    after = null;
    boolean inTime;
    try (SecondReader reader = SecondReader.open(server)) {
      inTime = search(reader.stream(place.file()), place);
    }
    return "Nearest transactions: "
        + describe(before, place, inTime)
        + " before it, "
        + describe(after, place, inTime)
        + " after it";
  }

  private static String describe(@Nullable Long offset, BinlogPosition place, boolean inTime) {
    if (offset != null) {
      return place.file() + ":" + offset;
    }
    return inTime ? "none in this file" : "none found within " + TIMEOUT.toSeconds() + " s";
  }

  private boolean search(DumpStream events, BinlogPosition place) throws IOException {
    long deadline = nanoTime.getAsLong() + TIMEOUT.toNanos();
    ByteReader event = new ByteReader();
    long position = BinlogPosition.FIRST_EVENT;
    while (after == null && events.next(event)) {
      if (nanoTime.getAsLong() - deadline > 0) {
        return false;
      }
      EventType type = EventType.of(event.array()[event.position() + TYPE_AT] & 0xFF);
      ByteReader rest = new ByteReader(event.array(), event.position() + LENGTH_AT, 10);
      long length = rest.u32();
      long end = rest.u32();
      if (isArtificial(type, end, rest.u16())) {
        if (type == EventType.ROTATE && position > BinlogPosition.FIRST_EVENT) {
          return true; // the next file
        }
        continue;
      }
      note(type, position, place.offset());
      position = end == 0 ? position + length : LogOffset.atOrAfter(position + length, end);
    }
    return true;
  }

  private static boolean isArtificial(@Nullable EventType type, long end, int flags) {
    boolean heartbeat = type == EventType.HEARTBEAT || type == EventType.HEARTBEAT_V2;
    return heartbeat || (flags & FLAG_ARTIFICIAL) != 0 || (type == EventType.ROTATE && end == 0);
  }

  private void note(@Nullable EventType type, long position, long offset) {
    if (type == null || !type.isGtid()) {
      return;
    }
    if (position < offset) {
      before = position;
    } else {
      after = position;
    }
  }
}
