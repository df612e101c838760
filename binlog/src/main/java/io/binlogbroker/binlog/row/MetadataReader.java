package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.column.WireType;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the optional metadata at the end of a TABLE_MAP. Most fields count only the columns that
 * have a certain property, which depends on the server's version. Used once per TABLE_MAP.
 */
final class MetadataReader {
  /**
   * Servers allow about 64 KB of labels per table; each needs many times its bytes in memory, even
   * for tables that are not delivered.
   */
  private static final int MAX_LABELS = 1 << 20;

  private final TableMap map;
  private final int columns;
  private final BitSet seen = new BitSet();
  private boolean @Nullable [] unsigned;
  private int @Nullable [] collations;
  private String @Nullable [] names;
  private byte @Nullable [] @Nullable [][] labels;
  private long labelCount;
  private int @Nullable [] primaryKey;
  private boolean @Nullable [] visible;

  private MetadataReader(TableMap map) {
    this.map = map;
    this.columns = map.columnCount();
  }

  static TableMetadata read(ByteReader bytes, TableMap map) {
    MetadataReader reader = new MetadataReader(map);
    while (bytes.remaining() > 0) {
      int field = bytes.u8();
      reader.requireUnique(field);
      ByteReader value = new ByteReader(bytes.bytes(bytes.lenencLength()));
      reader.field(field, value);
    }
    return new TableMetadata(
        reader.unsigned,
        reader.collations,
        reader.names,
        reader.labels,
        reader.primaryKey,
        reader.visible);
  }

  /** Each field takes time for every column, even if it is only two bytes long. */
  private void requireUnique(int field) {
    if (seen.get(field)) {
      throw new MalformedBytesException("field " + field + " of the metadata is duplicate");
    }
    seen.set(field);
  }

  /** Geometry types (7), vector dimensions (13) and unknown fields are not needed. */
  private void field(int field, ByteReader value) {
    switch (field) {
      case 1 -> readSignedness(value);
      case 2 -> readDefaultCharset(value, this::hasCharset);
      case 3 -> readCharsets(value, this::hasCharset);
      case 4 -> readNames(value);
      case 5 -> readLabels(value, WireType.SET);
      case 6 -> readLabels(value, WireType.ENUM);
      case 8 -> readPrimaryKey(value, false);
      case 9 -> readPrimaryKey(value, true);
      case 10 -> readDefaultCharset(value, this::isEnumOrSet);
      case 11 -> readCharsets(value, this::isEnumOrSet);
      case 12 -> visible = bits(value, column -> true);
      default -> {}
    }
  }

  /**
   * MySQL started to count YEAR as numeric in a version between 8.0.16 and 8.0.21, MariaDB always
   * does; its bit is always 1. If both interpretations are possible and differ, signedness is
   * unknown.
   */
  private void readSignedness(ByteReader value) {
    boolean mariaDb = map.server().mariaDb();
    if (mariaDb || map.server().isAtLeast(8, 0, 22)) {
      unsigned = bits(value, this::isNumericOrYear);
      return;
    }
    if (!map.server().isAtLeast(8, 0, 16)) {
      unsigned = bits(value, this::isNumeric);
      return;
    }
    unsigned = ambiguousSignedness(value);
  }

  private boolean @Nullable [] ambiguousSignedness(ByteReader value) {
    int length = value.remaining();
    byte[] bytes = value.bytes(length);
    boolean oldFits = length == (count(this::isNumeric) + 7) / 8;
    boolean newFits = length == (count(this::isNumericOrYear) + 7) / 8;
    boolean @Nullable [] old = oldFits ? bits(new ByteReader(bytes), this::isNumeric) : null;
    if (!newFits) {
      return old;
    }
    boolean[] counted = bits(new ByteReader(bytes), this::isNumericOrYear);
    boolean newPossible = yearsAreUnsigned(counted);
    if (old == null || !newPossible) {
      return newPossible ? counted : old;
    }
    return sameNumbers(old, counted) ? old : null;
  }

  private boolean yearsAreUnsigned(boolean[] counted) {
    for (int i = 0; i < columns; i++) {
      if (map.type(i) == WireType.YEAR && !counted[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean sameNumbers(boolean[] old, boolean[] counted) {
    for (int i = 0; i < columns; i++) {
      if (isNumeric(i) && old[i] != counted[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads one bit for each counted column, the highest bit of a byte first. */
  private boolean[] bits(ByteReader value, IntPredicate counts) {
    int expected = (count(counts) + 7) / 8;
    if (value.remaining() != expected) {
      throw new MalformedBytesException(
          "expected %d bytes of signedness or visibility but got %d"
              .formatted(expected, value.remaining()));
    }
    byte[] bytes = value.bytes(expected);
    boolean[] result = new boolean[columns];
    int bit = 0;
    for (int i = 0; i < columns; i++) {
      if (counts.test(i)) {
        result[i] = (bytes[bit >> 3] >> (7 - (bit & 7)) & 1) != 0;
        bit++;
      }
    }
    return result;
  }

  private void readDefaultCharset(ByteReader value, IntPredicate counts) {
    int[] which = columnsMatching(counts);
    int standard = collation(value);
    int[] collations = collations();
    for (int column : which) {
      collations[column] = standard;
    }
    while (value.remaining() > 0) {
      int index = index(value, which.length);
      collations[which[index]] = collation(value);
    }
  }

  private void readCharsets(ByteReader value, IntPredicate counts) {
    int[] collations = collations();
    for (int column : columnsMatching(counts)) {
      collations[column] = collation(value);
    }
    requireEnd(value, "character sets");
  }

  private int[] collations() {
    if (collations == null) {
      collations = new int[columns];
    }
    return collations;
  }

  private static int collation(ByteReader value) {
    return (int) Math.min(value.lenenc() & Long.MAX_VALUE, Integer.MAX_VALUE);
  }

  private void readNames(ByteReader value) {
    String[] read = new String[columns];
    for (int i = 0; i < columns; i++) {
      read[i] = value.lenencUtf8();
    }
    requireEnd(value, "column names");
    names = read;
  }

  private void readLabels(ByteReader value, int type) {
    if (labels == null) {
      labels = new byte[columns][][];
    }
    for (int i = 0; i < columns; i++) {
      if (map.realType(i) == type) {
        labels[i] = readColumnLabels(value);
      }
    }
    requireEnd(value, "labels");
  }

  /**
   * A label has at least one byte, so a count above the bytes left is refused before allocation.
   */
  private byte[][] readColumnLabels(ByteReader value) {
    int count = value.lenencLength();
    labelCount += count;
    if (labelCount > MAX_LABELS) {
      throw new MalformedBytesException(
          "expected at most %d labels but got %d or more".formatted(MAX_LABELS, labelCount));
    }
    byte[][] read = new byte[count][];
    for (int i = 0; i < read.length; i++) {
      read[i] = value.bytes(value.lenencLength());
    }
    return read;
  }

  private void readPrimaryKey(ByteReader value, boolean withPrefixes) {
    int[] key = new int[Math.min(columns, value.remaining())];
    int parts = 0;
    while (value.remaining() > 0) {
      if (parts == key.length) {
        throw new MalformedBytesException(
            "the primary key has more than the table's " + columns + " columns");
      }
      key[parts++] = index(value, columns);
      if (withPrefixes) {
        value.lenenc();
      }
    }
    primaryKey = Arrays.copyOf(key, parts);
  }

  private static int index(ByteReader value, int limit) {
    long index = value.lenenc();
    if (index < 0 || index >= limit) {
      throw new MalformedBytesException(
          "expected a column index below %d but got %s"
              .formatted(limit, Long.toUnsignedString(index)));
    }
    return (int) index;
  }

  private static void requireEnd(ByteReader value, String what) {
    if (value.remaining() > 0) {
      throw new MalformedBytesException(
          "expected the end of " + what + " but " + value.remaining() + " bytes are left");
    }
  }

  private boolean isNumeric(int column) {
    return WireType.isNumeric(map.type(column));
  }

  private boolean isNumericOrYear(int column) {
    return isNumeric(column) || map.type(column) == WireType.YEAR;
  }

  private boolean isEnumOrSet(int column) {
    int type = map.realType(column);
    return type == WireType.ENUM || type == WireType.SET;
  }

  private boolean hasCharset(int column) {
    int type = map.realType(column);
    return switch (type) {
      case WireType.VARCHAR,
          WireType.VAR_STRING,
          WireType.STRING,
          WireType.VECTOR,
          WireType.VARCHAR_COMPRESSED,
          WireType.BLOB_COMPRESSED ->
          true;
      case WireType.GEOMETRY -> map.server().mariaDb();
      default -> WireType.isBlob(type);
    };
  }

  private int count(IntPredicate counts) {
    int count = 0;
    for (int i = 0; i < columns; i++) {
      if (counts.test(i)) {
        count++;
      }
    }
    return count;
  }

  private int[] columnsMatching(IntPredicate counts) {
    int[] which = new int[count(counts)];
    int next = 0;
    for (int i = 0; i < columns; i++) {
      if (counts.test(i)) {
        which[next++] = i;
      }
    }
    return which;
  }
}
