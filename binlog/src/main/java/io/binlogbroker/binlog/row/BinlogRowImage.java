package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.Endian;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.cell.CellDecoder;
import io.binlogbroker.binlog.row.cell.RowLayout;
import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.SchemaException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row image in the event's bytes: one pass locates the cells, which are decoded when they are
 * pushed. Reused for each row; one thread.
 */
final class BinlogRowImage implements RowImage {
  private static final int NULL = -1;
  private static final int ABSENT = -2;
  private static final boolean[] NONE = new boolean[0];

  private final CellDecoder decoder;
  private final @Nullable BinlogRowImage before;
  private @Nullable RowLayout layout;
  private byte[] array = new byte[0];
  private int[] offsets = new int[0];
  private int[] lengths = new int[0];
  private int columns;

  /** Columns whose bytes are diffs to the before image; empty if there are none. */
  private boolean[] patched = NONE;

  /**
   * @param before the before image, if this is an after image, which may refer to it
   */
  BinlogRowImage(CellDecoder decoder, @Nullable BinlogRowImage before) {
    this.decoder = decoder;
    this.before = before;
  }

  /**
   * Locates the cells of the image that starts at {@code from}.
   *
   * @return the end of the image
   */
  int locate(RowLayout layout, ColumnBitmap bitmap, byte[] array, int from, int to) {
    init(layout, array, bitmap.count());
    int count = bitmap.count();
    int nulls = from;
    int position = from + (count + 7) / 8;
    if (position > to) {
      throw new MalformedBytesException(
          "Expected %d bytes of null bits but %d are left, %s.%s"
              .formatted(
                  position - from, to - from, layout.plan().schema(), layout.plan().table()));
    }
    int[] widths = layout.widths();
    for (int i = 0; i < count; i++) {
      int column = bitmap.planColumn(i);
      if ((array[nulls + (i >> 3)] >> (i & 7) & 1) != 0) {
        lengths[column] = NULL;
        continue;
      }
      int width = widths[column];
      if (width < 0) {
        int prefix = -width;
        if (prefix > to - position) {
          throw tooShort(prefix, to - position, column);
        }
        width = length(array, position, prefix);
        position += prefix;
      }
      if (width < 0 || width > to - position) {
        throw tooShort(width & 0xFFFFFFFFL, to - position, column);
      }
      offsets[column] = position;
      lengths[column] = width;
      position += width;
    }
    return position;
  }

  private void init(RowLayout layout, byte[] array, int count) {
    this.layout = layout;
    this.array = array;
    columns = layout.columnCount();
    int cells = layout.cellCount();
    if (lengths.length < cells) {
      lengths = new int[cells];
      offsets = new int[cells];
    }
    if (count < cells) {
      Arrays.fill(lengths, 0, cells, ABSENT);
    }
    patched = NONE;
  }

  private static int length(byte[] array, int position, int prefix) {
    return switch (prefix) {
      case 1 -> array[position] & 0xFF;
      case 2 -> Endian.u16(array, position);
      case 3 -> Endian.u24(array, position);
      default -> Endian.i32(array, position);
    };
  }

  private MalformedBytesException tooShort(long expected, int left, int column) {
    RowLayout known = layout();
    Object type = column < columns ? known.column(column).type() : known.kind(column);
    return new MalformedBytesException(
        "Expected %d bytes for %s but %d are left, %s"
            .formatted(expected, type, left, known.where(column)));
  }

  /**
   * Completes an after image of only changed columns from a full before image (MariaDB's
   * FULL_NODUP): a stored column that is tooShort is unchanged. A virtual one may have changed, so
   * it is removed from the before image, too; a column that only the before image has counts as
   * unchanged.
   *
   * @param virtual whether a column is virtual, by plan column
   */
  void overlay(boolean[] virtual) {
    BinlogRowImage old = before();
    for (int i = 0; i < columns; i++) {
      if (lengths[i] != ABSENT) {
        continue;
      }
      if (virtual[i]) {
        old.lengths[i] = ABSENT;
      } else {
        copyCell(old, i);
      }
    }
  }

  /** Marks a cell as diffs; without diffs the cell is unchanged. */
  void markPatched(int column) {
    if (lengths[column] < 0) {
      return;
    }
    if (lengths[column] == 0) {
      copyCell(before(), column);
      return;
    }
    if (patched.length == 0) {
      patched = new boolean[columns];
    }
    patched[column] = true;
  }

  private void copyCell(BinlogRowImage old, int column) {
    offsets[column] = old.offsets[column];
    lengths[column] = old.lengths[column];
  }

  @Override
  public boolean has(int column) {
    return length(column) != ABSENT;
  }

  @Override
  public boolean isNull(int column) {
    return length(column) == NULL;
  }

  private int length(int column) {
    if (column >= columns) {
      throw new IndexOutOfBoundsException(
          "Column " + column + " of an image of " + columns + " columns");
    }
    return lengths[column];
  }

  @Override
  public void cells(CellSink sink) {
    RowLayout known = layout();
    for (int i = 0; i < columns; i++) {
      if (lengths[i] != ABSENT) {
        push(known, i, sink);
      }
    }
  }

  @Override
  public void cell(int column, CellSink sink) {
    if (!has(column)) {
      throw new IllegalArgumentException("The image does not contain " + layout().where(column));
    }
    push(layout(), column, sink);
  }

  private void push(RowLayout known, int column, CellSink sink) {
    if (lengths[column] == NULL) {
      sink.nullCell(known.column(column));
      return;
    }
    try {
      if (isPatched(column)) {
        decoder
            .json()
            .pushPatched(known.column(column), documentBefore(column), bytes(column), sink);
        return;
      }
      decoder.push(known, column, array, offsets[column], lengths[column], sink);
    } catch (MalformedBytesException e) {
      throw new MalformedBytesException(e.getMessage() + ", " + known.where(column), e);
    }
  }

  private boolean isPatched(int column) {
    return patched.length > 0 && patched[column];
  }

  private ByteReader bytes(int column) {
    return new ByteReader(array, offsets[column], lengths[column]);
  }

  /** The document to which a partial update applies. */
  private ByteReader documentBefore(int column) {
    BinlogRowImage old = before();
    if (old.lengths[column] == ABSENT) {
      throw new SchemaException(
          layout().where(column)
              + ": the binary log contains only what changed in a JSON document, not the document."
              + " Set binlog_row_value_options='' or binlog_row_image=FULL on the source");
    }
    if (old.lengths[column] == NULL) {
      throw new MalformedBytesException("Partial JSON update of NULL");
    }
    return old.bytes(column);
  }

  @Override
  public boolean sameCell(int column, RowImage other) {
    if (!(other instanceof BinlogRowImage that)) {
      throw new IllegalArgumentException("Expected an image of the same rows but got " + other);
    }
    if (!has(column) || !that.has(column)) {
      return false;
    }
    if (isPatched(column) || that.isPatched(column)) {
      return sameAfterPatch(column, that);
    }
    int length = lengths[column];
    if (length != that.lengths[column]) {
      return false;
    }
    int from = offsets[column];
    int thatFrom = that.offsets[column];
    return length == NULL
        || Arrays.equals(array, from, from + length, that.array, thatFrom, thatFrom + length);
  }

  private boolean sameAfterPatch(int column, BinlogRowImage that) {
    if (this == that) {
      return true;
    }
    BinlogRowImage after = isPatched(column) ? this : that;
    BinlogRowImage other = after == this ? that : this;
    return !other.isNull(column)
        && after.before() == other
        && decoder.json().isUnchanged(after.documentBefore(column), after.bytes(column));
  }

  private RowLayout layout() {
    if (layout == null) {
      throw new IllegalStateException("No row has been read yet");
    }
    return layout;
  }

  private BinlogRowImage before() {
    if (before == null) {
      throw new IllegalStateException("This image has no before image");
    }
    return before;
  }
}
