package io.binlogbroker.engine.source.mysql;

import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A fixed reference workload that resembles the hot path and uses only the JDK: it computes a
 * checksum of the sample's bytes, reads each of them, writes a number per row and allocates an
 * array. It never changes, so the cost of the path is expressed as a multiple of it. One thread.
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
   * Runs the workload for a number of rows.
   *
   * @return a number that depends on the whole computation, so that the compiler cannot eliminate
   *     any of it
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
