package io.binlogbroker.binlog.row.cell;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.text.Utf8Buffer;
import java.util.Arrays;

/** Writes MariaDB's UUID, INET4 and INET6 as the server prints them. One thread. */
final class AddressText {
  private static final String HEX = "0123456789abcdef";

  private final byte[] padded = new byte[16];
  private final Utf8Buffer text = new Utf8Buffer();

  void uuid(Column column, byte[] array, int offset, int length, CellSink sink) {
    pad(array, offset, length, 16);
    for (int i = 0; i < 16; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        text.ascii('-');
      }
      text.ascii(HEX.charAt(padded[i] >> 4 & 15));
      text.ascii(HEX.charAt(padded[i] & 15));
    }
    sink.text(column, text.array(), 0, text.length());
  }

  void inet4(Column column, byte[] array, int offset, int length, CellSink sink) {
    pad(array, offset, length, 4);
    dotted(0);
    sink.text(column, text.array(), 0, text.length());
  }

  /** The longest run of zero groups (the first if several are equally long) becomes {@code ::}. */
  void inet6(Column column, byte[] array, int offset, int length, CellSink sink) {
    pad(array, offset, length, 16);
    int run = longestRun();
    int runLength = zerosFrom(run);
    boolean ipv4 = run == 0 && isIpv4(runLength);
    for (int group = 0; group < 8; group++) {
      if (runLength > 1 && group == run) {
        text.ascii(':');
        group += runLength - 1;
        if (group == 7) {
          text.ascii(':');
        }
        continue;
      }
      if (group > 0) {
        text.ascii(':');
      }
      if (ipv4 && group == 6) {
        dotted(12);
        break;
      }
      hex(group(group));
    }
    sink.text(column, text.array(), 0, text.length());
  }

  /** {@code ::a.b.c.d} and {@code ::ffff:a.b.c.d}. */
  private boolean isIpv4(int zeros) {
    return zeros == 6 || zeros == 5 && group(5) == 0xFFFF;
  }

  private int longestRun() {
    int best = 0;
    for (int i = 1; i < 8; i++) {
      if (zerosFrom(i) > zerosFrom(best)) {
        best = i;
      }
    }
    return best;
  }

  private int zerosFrom(int group) {
    int end = group;
    while (end < 8 && group(end) == 0) {
      end++;
    }
    return end - group;
  }

  private int group(int index) {
    return (padded[2 * index] & 0xFF) << 8 | (padded[2 * index + 1] & 0xFF);
  }

  private void hex(int group) {
    for (int shift = 12; shift >= 0; shift -= 4) {
      if (shift == 0 || group >> shift != 0) {
        text.ascii(HEX.charAt(group >> shift & 15));
      }
    }
  }

  private void dotted(int from) {
    for (int i = from; i < from + 4; i++) {
      if (i > from) {
        text.ascii('.');
      }
      int number = padded[i] & 0xFF;
      text.digits(number, number > 99 ? 3 : number > 9 ? 2 : 1);
    }
  }

  /** The log omits trailing zero bytes. */
  private void pad(byte[] array, int offset, int length, int full) {
    if (length > full) {
      throw new MalformedBytesException(
          "Expected at most " + full + " bytes but the cell has " + length);
    }
    System.arraycopy(array, offset, padded, 0, length);
    Arrays.fill(padded, length, full, (byte) 0);
    text.clear();
  }
}
