package io.binlogbroker.engine.snapshot;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.relay.MessageBlock;
import io.binlogbroker.engine.snapshot.key.RowKeys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were read and encoded, waiting until the stream has reached their mark. Not modified.
 *
 * @param high end of the log after the rows were read: they contain nothing that was written later
 * @param key names of the columns of the rows' keys
 * @param rowKeys of the rows, for comparison with the keys of the stream
 * @param rows messages of the rows
 * @param last literals of the last row's key; null if the range ends with these rows
 * @param generation of the key tracker since which the stream's keys must be remembered
 * @param divisible whether the key is one integer, so that ranges can be divided by arithmetic
 * @param closing completes the messages if these rows are the table's last
 */
record Chunk(
    BinlogPosition high,
    List<String> key,
    RowKeys rowKeys,
    MessageBlock rows,
    @Nullable List<String> last,
    int generation,
    boolean divisible,
    Closing closing) {
  /** Memory of a row besides its message's bytes, about. */
  private static final int ROW_OVERHEAD = 128;

  /** Memory of all rows, about. */
  long bytes() {
    return bytes(rows.messages().size(), rows.bytes());
  }

  /**
   * Memory of rows, about.
   *
   * @param messageBytes of all of them
   */
  static long bytes(int rows, long messageBytes) {
    return messageBytes + (long) ROW_OVERHEAD * rows;
  }
}
