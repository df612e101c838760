package io.binlogbroker.bench.jmh;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.event.EventFeed;

/** The events of a binary log file in memory. One thread. */
final class FileFeed implements EventFeed {
  private static final int MAGIC_BYTES = 4;
  private static final int LENGTH_OFFSET = 9;

  private final byte[] file;
  private int position = MAGIC_BYTES;

  FileFeed(byte[] file) {
    this.file = file;
  }

  @Override
  public boolean next(ByteReader event) {
    if (!ready()) {
      return false;
    }
    int length = new ByteReader(file, position + LENGTH_OFFSET, Integer.BYTES).i32();
    event.wrap(file, position, length);
    position += length;
    return true;
  }

  @Override
  public boolean ready() {
    return position < file.length;
  }
}
