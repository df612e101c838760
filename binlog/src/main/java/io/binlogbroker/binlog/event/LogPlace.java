package io.binlogbroker.binlog.event;

/** Keeps the file and the 64-bit offset in it while events pass by. One thread. */
final class LogPlace {
  private static final long LOW_32 = 0xFFFFFFFFL;

  private String file;
  private long position;

  LogPlace(String file, long position) {
    this.file = file;
    this.position = position;
  }

  String file() {
    return file;
  }

  /** Where the next event starts, if nothing is left out. */
  long position() {
    return position;
  }

  void rotate(RotateEvent rotate) {
    file = rotate.file();
    position = rotate.offset();
  }

  /** Gives an event its place and moves behind it. */
  void take(BinlogEvent event) {
    if (standsInNoFile(event)) {
      event.place(position, position);
      return;
    }
    long earliestEnd = position + event.length();
    long end = event.logPosition() == 0 ? earliestEnd : atOrAfter(earliestEnd, event.logPosition());
    event.place(end - event.length(), end);
    position = end;
  }

  /**
   * What the dump thread makes up. Some of it is a copy of the file's start that is sent again for
   * a dump from the middle, told by its position 0. Other events have position 0 since MariaDB
   * 11.4, though they stand in the file.
   */
  private static boolean standsInNoFile(BinlogEvent event) {
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

  /**
   * The first offset with these low bits that is not before another. It lies further ahead where
   * the server left out what a replica with GTIDs has already; of more than 4 GiB left out at once
   * only the low bits come out right.
   */
  private static long atOrAfter(long earliest, long low) {
    return earliest + ((low - earliest) & LOW_32);
  }
}
