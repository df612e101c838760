package io.binlogbroker.engine.source.mysql;

import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Work that needs what the hot path needs, by means of the JDK alone: it checks the sample's bytes,
 * looks at each of them, writes a number for each row and leaves an array behind. Nobody optimises
 * it, so what the path costs is told in times of it. One thread.
 */
final class Yardstick {
  private static final int MESSAGE = 256;

  private final byte[] events;
  private final byte[] kinds = new byte[256];
  private final byte[] written;
  private final CRC32 checksum = new CRC32();
  private long number = 1_000_000_000_000L;
  private byte[] last = {};

  Yardstick(SampleLog log) {
    this.events = log.bytes();
    this.written = new byte[events.length + 20];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = (byte) (i < ' ' || i == '"' || i == '\\' ? 1 : 0);
    }
  }

  /**
   * Does for so many rows what is done for a row.
   *
   * @return a number that follows from all of it, so that none of it may be left out
   */
  long work(int rows) {
    long result = 0;
    for (int done = 0; done < rows; done += SampleLog.ROWS) {
      checksum.reset();
      checksum.update(events);
      result += checksum.getValue() + copy();
      for (int row = 0; row < SampleLog.ROWS; row++) {
        result += writeNumber(number++);
        last = Arrays.copyOf(written, MESSAGE);
      }
    }
    return result + last[0];
  }

  private int copy() {
    int special = 0;
    for (int i = 0; i < events.length; i++) {
      byte b = events[i];
      if (kinds[b & 0xFF] != 0) {
        special++;
      }
      written[i] = b;
    }
    return special;
  }

  private int writeNumber(long number) {
    int at = written.length;
    long rest = number;
    do {
      written[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    return written[at];
  }
}
