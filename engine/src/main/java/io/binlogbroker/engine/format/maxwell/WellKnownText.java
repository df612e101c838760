package io.binlogbroker.engine.format.maxwell;

import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.cell.OutputBuffer;
import io.binlogbroker.engine.format.cell.ShortestDecimal;
import io.binlogbroker.engine.model.FormatException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes well-known binary as well-known text, with the coordinates in the same order. One thread.
 */
final class WellKnownText {
  private static final byte[] EMPTY = OutputBuffer.ascii("EMPTY");
  private static final byte[][] NAMES = {
    OutputBuffer.ascii("POINT "),
    OutputBuffer.ascii("LINESTRING "),
    OutputBuffer.ascii("POLYGON "),
    OutputBuffer.ascii("MULTIPOINT "),
    OutputBuffer.ascii("MULTILINESTRING "),
    OutputBuffer.ascii("MULTIPOLYGON "),
    OutputBuffer.ascii("GEOMETRYCOLLECTION ")
  };
  private static final int POINT = 1;
  private static final int LINE = 2;
  private static final int POLYGON = 3;
  private static final int COLLECTION = 7;

  private final OutputBuffer out;
  private final ShortestDecimal shortest = new ShortestDecimal();

  WellKnownText(OutputBuffer out) {
    this.out = out;
  }

  /**
   * Writes a geometry; writes nothing for zero bytes.
   *
   * @throws FormatException when the bytes are not well-known binary
   */
  void write(RowPlan plan, Column column, byte[] wkb, int offset, int length) {
    if (length == 0) {
      return;
    }
    ByteBuffer in = ByteBuffer.wrap(wkb, offset, length);
    try {
      geometry(in, true);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw FormatException.at(
          plan,
          column,
          "Expected well-known binary but it is truncated or malformed at byte " + in.position());
    }
  }

  private void geometry(ByteBuffer in, boolean named) {
    in.order(in.get() == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int type = in.getInt();
    if (type < POINT || type > COLLECTION) {
      throw new IllegalArgumentException("No type: " + type);
    }
    if (named) {
      out.put(NAMES[type - 1]);
    }
    body(in, type);
  }

  private void body(ByteBuffer in, int type) {
    if (type == POINT) {
      out.put('(');
      point(in);
      out.put(')');
      return;
    }
    int count = in.getInt();
    if (count == 0) {
      out.put(EMPTY);
      return;
    }
    out.put('(');
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.put(',');
        out.put(' ');
      }
      switch (type) {
        case LINE -> point(in);
        case POLYGON -> body(in, LINE);
        default -> geometry(in, type == COLLECTION);
      }
    }
    out.put(')');
  }

  private void point(ByteBuffer in) {
    number(in.getDouble());
    out.put(' ');
    number(in.getDouble());
  }

  private void number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("No coordinate: " + value);
    }
    if (value == (long) value && Math.abs(value) < 1e15) {
      out.number((long) value);
      return;
    }
    shortest.write(value, out);
  }
}
