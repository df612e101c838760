package io.binlogbroker.binlog.event;

/** Tracks the file and the 64-bit offset in it while events are read. One thread. */
final class LogPositionTracker {
  private String file;
  private long position;

  LogPositionTracker(String file, long position) {
    this.file = file;
    this.position = position;
  }

  String file() {
    return file;
  }

  /** Where the next event starts, unless the server skips events. */
  long position() {
    return position;
  }

  void rotate(RotateEvent rotate) {
    file = rotate.file();
    position = rotate.offset();
  }

  /** Sets an event's offsets and advances to its end. */
  void advance(BinlogEvent event) {
    if (isGenerated(event)) {
      event.setOffsets(position, position);
      return;
    }
    long earliestEnd = position + event.length();
    long end =
        event.logPosition() == 0
            ? earliestEnd
            : LogOffset.atOrAfter(earliestEnd, event.logPosition());
    event.setOffsets(end - event.length(), end);
    position = end;
  }

  /**
   * Whether the dump thread generated the event. For a dump from the middle of a file this includes
   * a copy of the file's first events, recognized by their position 0. Since MariaDB 11.4 other
   * events have position 0 although they are in the file.
   */
  private static boolean isGenerated(BinlogEvent event) {
    EventType type = event.type();
    if (event.isArtificial() || type == null) {
      return event.isArtificial();
    }
    return switch (type) {
      case HEARTBEAT, HEARTBEAT_V2 -> true;
      case ROTATE, FORMAT_DESCRIPTION, MARIADB_START_ENCRYPTION -> event.logPosition() == 0;
      default -> false;
    };
  }
}
