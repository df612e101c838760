package io.binlogbroker.engine.format.msgpack;

import io.binlogbroker.engine.format.cell.Msgpack;
import io.binlogbroker.engine.format.cell.OutputBuffer;
import io.binlogbroker.engine.format.trim.CellList;
import io.binlogbroker.engine.format.trim.CellList.Cell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/** Finds the columns and the row images in a message of the format {@code msgpack}. Stateless. */
final class MsgpackCells {
  /** The entries Action, Schema and Table, with their names, and the name of the next entry. */
  private static final int BEFORE_COLUMNS = 3 * 2 + 1;

  private MsgpackCells() {}

  static List<CellList> of(byte[] message) throws IOException {
    List<CellList> found = new ArrayList<>();
    try (MessageUnpacker in = MessagePack.newDefaultUnpacker(message)) {
      in.unpackMapHeader();
      in.skipValue(BEFORE_COLUMNS);
      found.add(columns(in));
      List<String> names = found.get(0).cells().stream().map(Cell::column).toList();
      in.skipValue();
      for (int rows = in.unpackArrayHeader(); rows > 0; rows--) {
        found.add(row(in, names));
      }
    }
    return found;
  }

  private static CellList columns(MessageUnpacker in) throws IOException {
    int start = offset(in);
    List<Cell> cells = new ArrayList<>();
    for (int left = in.unpackArrayHeader(); left > 0; left--) {
      int from = offset(in);
      String name = in.unpackString();
      cells.add(new Cell(name, from, offset(in)));
    }
    return new MsgpackArray(start, offset(in), cells);
  }

  private static CellList row(MessageUnpacker in, List<String> names) throws IOException {
    int start = offset(in);
    List<Cell> cells = new ArrayList<>();
    in.unpackArrayHeader();
    for (String name : names) {
      int from = offset(in);
      in.skipValue();
      cells.add(new Cell(name, from, offset(in)));
    }
    return new MsgpackArray(start, offset(in), cells);
  }

  private static int offset(MessageUnpacker in) {
    return (int) in.getTotalReadBytes();
  }

  /** The array of column names, or of a row's values. */
  private record MsgpackArray(int start, int end, List<Cell> cells) implements CellList {
    @Override
    public void write(byte[] message, Collection<String> without, ByteArrayOutputStream out) {
      List<Cell> kept = cellsWithout(without);
      OutputBuffer head = new OutputBuffer();
      new Msgpack(head).array(kept.size());
      out.writeBytes(head.toBytes());
      kept.forEach(cell -> out.write(message, cell.start(), cell.length()));
    }
  }
}
