package io.binlogbroker.binlog.row.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the tables of collations and characters in this package's resources. They were generated
 * from MySQL 8.0.33 and MariaDB 11.4.5: from INFORMATION_SCHEMA, CONVERT of every code to utf8mb4,
 * and SELECT with each byte where a blank is expected, after two dashes, and in a name.
 */
final class CharsetResource {
  private CharsetResource() {}

  /** Character set names by collation id, from lines such as {@code koi8r 7 74 1031-1034}. */
  static Map<Integer, String> collations() {
    Map<Integer, String> byId = new HashMap<>();
    for (String line : lines("collations.txt")) {
      String[] fields = line.split(" ");
      for (int i = 1; i < fields.length; i++) {
        String[] range = fields[i].split("-");
        int last = Integer.parseInt(range[range.length - 1]);
        for (int id = Integer.parseInt(range[0]); id <= last; id++) {
          byId.put(id, fields[0]);
        }
      }
    }
    return byId;
  }

  /** The fields after a character set's name in a resource. */
  static String[] fields(String resource, String charset) {
    for (String line : lines(resource)) {
      String[] fields = line.split(" ");
      if (fields[0].equals(charset)) {
        return Arrays.copyOfRange(fields, 1, fields.length);
      }
    }
    throw new IllegalStateException(resource + " has no line for " + charset);
  }

  /**
   * The 256 characters of a single-byte set: four hexadecimal digits for each code of the upper
   * half, then the codes of the lower half that are not ASCII.
   */
  static char[] table(String charset) {
    String[] fields = fields("single-byte.txt", charset);
    char[] table = new char[256];
    for (int i = 0; i < 128; i++) {
      table[i] = (char) i;
      table[128 + i] = (char) Integer.parseInt(fields[0].substring(4 * i, 4 * i + 4), 16);
    }
    for (int i = 1; i < fields.length; i++) {
      String[] override = fields[i].split("=");
      table[Integer.parseInt(override[0], 16)] = (char) Integer.parseInt(override[1], 16);
    }
    return table;
  }

  /**
   * Whether ranges of bytes such as {@code 7F-9F,A1} contain a byte; {@code -} is an empty range.
   */
  static boolean isIn(String ranges, int value) {
    if (ranges.equals("-")) {
      return false;
    }
    for (String range : ranges.split(",")) {
      String[] ends = range.split("-");
      if (value >= Integer.parseInt(ends[0], 16)
          && value <= Integer.parseInt(ends[ends.length - 1], 16)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> lines(String resource) {
    try (InputStream in = CharsetResource.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("Resource " + resource + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read resource " + resource, e);
    }
  }
}
