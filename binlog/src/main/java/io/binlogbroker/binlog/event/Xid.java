package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a distributed (XA) transaction.
 *
 * @param text as servers write it in statements: {@code X'6162',X'',1}
 */
public record Xid(String text) {
  private static final int LONGEST_PART = 64;
  private static final Pattern IN_STATEMENT =
      Pattern.compile(
          "X'([0-9a-f]*)'\\s*,\\s*X'([0-9a-f]*)'\\s*,\\s*(\\d+)", Pattern.CASE_INSENSITIVE);

  /** Reads the binary form: format, two lengths, two parts. */
  static Xid read(ByteReader bytes) {
    long format = bytes.u32();
    int global = length(bytes.u32());
    int branch = length(bytes.u32());
    return of(hex(bytes.bytes(global)), hex(bytes.bytes(branch)), format);
  }

  private static int length(long length) {
    if (length > LONGEST_PART) {
      throw new MalformedBytesException(
          "Expected a part of an XA transaction's id to have at most 64 bytes but got " + length);
    }
    return (int) length;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Finds the id in an XA statement written by the server. */
  static Xid ofStatement(String sql) {
    Matcher xid = IN_STATEMENT.matcher(sql);
    if (!xid.find()) {
      throw new MalformedBytesException(
          "Expected an XA statement with an id such as X'6162',X'',1 but got \"" + sql + "\"");
    }
    return of(
        xid.group(1).toLowerCase(Locale.ROOT),
        xid.group(2).toLowerCase(Locale.ROOT),
        format(xid.group(3)));
  }

  /** The server prints 64 bits of the format and logs 32. */
  private static long format(String digits) {
    try {
      return Long.parseUnsignedLong(digits) & 0xFFFFFFFFL;
    } catch (NumberFormatException e) {
      throw new MalformedBytesException(
          "Expected a 64-bit number as an XA transaction's format but got " + digits, e);
    }
  }

  private static Xid of(String global, String branch, long format) {
    return new Xid("X'" + global + "',X'" + branch + "'," + format);
  }

  @Override
  public String toString() {
    return text;
  }
}
