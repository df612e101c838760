package io.binlogbroker.binlog.row.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A character set of one to four bytes per character (gbk, big5, sjis, ujis, euckr ...), decoded
 * with tables of Java's corresponding charset, corrected where the server differs.
 */
final class MultiByteText implements TextDecoder {
  /** For a code without a character, and for a byte that is not a single-byte code. */
  private static final char NONE = Utf8Buffer.REPLACEMENT;

  private static final int TRIPLE_LEAD = 0x8F;

  /** Number of gb18030's four-byte codes in the basic multilingual plane. */
  private static final int QUADS = 39420;

  /** Rank of gb18030's code 0x90308130, which is U+10000. */
  private static final int SUPPLEMENTARY = 189000;

  private final char[] singles = new char[256];
  private final char[] pairs = new char[65536];
  private final BitSet leads;
  private final BitSet tails;
  private final char @Nullable [] triples;
  private final char @Nullable [] quads;

  /**
   * @param javaName Java's name of the character set
   * @param fields lead bytes and trail bytes of two-byte codes, such as {@code 41-5A,81-FE}, then
   *     the differences: {@code CODE=CHARACTER} or {@code CODE+COUNT=CHARACTER}, in hexadecimal
   *     except the count
   */
  MultiByteText(String javaName, String[] fields) {
    CharsetDecoder decoder = Charset.forName(javaName).newDecoder();
    boolean gb18030 = javaName.equals("GB18030");
    boolean euc = javaName.equals("EUC-JP") || javaName.equals("x-eucJP-Open");
    fill(decoder);
    triples = euc ? triples(decoder) : null;
    quads = gb18030 ? quads(decoder) : null;
    leads = bytes(fields[0]);
    tails = bytes(fields[1]);
    for (int i = 2; i < fields.length; i++) {
      override(fields[i]);
    }
  }

  private static BitSet bytes(String ranges) {
    BitSet bytes = new BitSet(256);
    for (String range : ranges.split(",")) {
      String[] ends = range.split("-");
      bytes.set(Integer.parseInt(ends[0], 16), Integer.parseInt(ends[ends.length - 1], 16) + 1);
    }
    return bytes;
  }

  private void fill(CharsetDecoder decoder) {
    CharBuffer one = CharBuffer.allocate(2);
    Arrays.fill(pairs, NONE);
    for (int code = 0; code < 256; code++) {
      singles[code] = one(decoder, one, (byte) code);
    }
    for (int code = 0x8000; code < 65536; code++) {
      if (singles[code >> 8] == NONE) {
        pairs[code] = one(decoder, one, (byte) (code >> 8), (byte) code);
      }
    }
  }

  private static char[] triples(CharsetDecoder decoder) {
    CharBuffer one = CharBuffer.allocate(2);
    char[] triples = new char[65536];
    Arrays.fill(triples, NONE);
    for (int code = 0xA1A1; code < 65536; code++) {
      triples[code] = one(decoder, one, (byte) TRIPLE_LEAD, (byte) (code >> 8), (byte) code);
    }
    return triples;
  }

  private static char[] quads(CharsetDecoder decoder) {
    CharBuffer one = CharBuffer.allocate(2);
    char[] quads = new char[QUADS];
    for (int rank = 0; rank < QUADS; rank++) {
      byte[] code = {
        (byte) (0x81 + rank / 12600),
        (byte) (0x30 + rank / 1260 % 10),
        (byte) (0x81 + rank / 10 % 126),
        (byte) (0x30 + rank % 10)
      };
      quads[rank] = one(decoder, one, code);
    }
    return quads;
  }

  /** The character of a code; NONE if Java has none. */
  private static char one(CharsetDecoder decoder, CharBuffer buffer, byte... code) {
    buffer.clear();
    decoder.reset();
    boolean error = decoder.decode(ByteBuffer.wrap(code), buffer, true).isError();
    return error || buffer.position() != 1 ? NONE : buffer.get(0);
  }

  private void override(String override) {
    int equals = override.indexOf('=');
    int plus = override.indexOf('+');
    long code = Long.parseLong(override.substring(0, plus < 0 ? equals : plus), 16);
    int count = plus < 0 ? 1 : Integer.parseInt(override.substring(plus + 1, equals));
    int character = Integer.parseInt(override.substring(equals + 1), 16);
    for (int i = 0; i < count; i++) {
      set(code + i, (char) (character + i));
    }
  }

  private void set(long code, char character) {
    if (code > 0xFFFFFF && quads != null) {
      quads[rank((int) (code >> 24), (int) (code >> 16), (int) (code >> 8), (int) code)] =
          character;
      return;
    }
    if (code > 0xFFFF && triples != null) {
      triples[(int) code & 0xFFFF] = character;
      return;
    }
    pairs[(int) code] = character;
  }

  @Override
  public boolean decode(byte[] bytes, int from, int to, Utf8Buffer out) {
    boolean replaced = false;
    int i = from;
    while (i < to) {
      int first = bytes[i] & 0xFF;
      char single = singles[first];
      if (single != NONE) {
        out.codePoint(single);
        i++;
        continue;
      }
      int length = lengthByForm(bytes, i, to);
      int point = length == 1 ? NONE : point(bytes, i, length);
      replaced |= point == NONE;
      out.codePoint(point);
      i += length;
    }
    return replaced;
  }

  @Override
  public int length(byte[] bytes, int i, int to) {
    return singles[bytes[i] & 0xFF] != NONE ? 1 : lengthByForm(bytes, i, to);
  }

  /**
   * Length in bytes of the code at {@code i}, even if it has no character; 1 if it is malformed.
   */
  private int lengthByForm(byte[] bytes, int i, int to) {
    int left = to - i;
    if (left < 2) {
      return 1;
    }
    int second = bytes[i + 1] & 0xFF;
    if (triples != null && (bytes[i] & 0xFF) == TRIPLE_LEAD) {
      return left >= 3 && second >= 0xA1 && (bytes[i + 2] & 0xFF) >= 0xA1 ? 3 : 1;
    }
    if (quads != null && second >= 0x30 && second <= 0x39) {
      return left >= 4 && isQuadTail(bytes[i + 2] & 0xFF, bytes[i + 3] & 0xFF) ? 4 : 1;
    }
    return leads.get(bytes[i] & 0xFF) && tails.get(second) ? 2 : 1;
  }

  private static boolean isQuadTail(int third, int fourth) {
    return third >= 0x81 && third <= 0xFE && fourth >= 0x30 && fourth <= 0x39;
  }

  private int point(byte[] bytes, int i, int length) {
    if (length == 3 && triples != null) {
      return triples[(bytes[i + 1] & 0xFF) << 8 | (bytes[i + 2] & 0xFF)];
    }
    if (length == 4 && quads != null) {
      return quad(rank(bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]), quads);
    }
    return pairs[(bytes[i] & 0xFF) << 8 | (bytes[i + 1] & 0xFF)];
  }

  private static int quad(int rank, char[] quads) {
    if (rank < 0) {
      return NONE;
    }
    if (rank < QUADS) {
      return quads[rank];
    }
    int supplementary = rank - SUPPLEMENTARY;
    return supplementary >= 0 && supplementary <= 0xFFFFF ? 0x10000 + supplementary : NONE;
  }

  private static int rank(int first, int second, int third, int fourth) {
    return (((first & 0xFF) - 0x81) * 10 + ((second & 0xFF) - 0x30)) * 1260
        + ((third & 0xFF) - 0x81) * 10
        + ((fourth & 0xFF) - 0x30);
  }
}
