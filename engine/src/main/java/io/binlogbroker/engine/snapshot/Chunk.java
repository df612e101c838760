package io.binlogbroker.engine.snapshot;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.relay.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were read and encoded, waiting until the stream has reached their mark. Immutable.
 *
 * @param high end of the log after the rows were read: they contain nothing that was written later
 * @param key names of the columns of the rows' keys
 * @param last literals of the last row's key; null if the range ends with these rows
 * @param generation of the key tracker since which the stream's keys must be remembered
 * @param divisible whether the key is one integer, so that ranges can be divided by arithmetic
 * @param closing completes the messages if these rows are the table's last
 * @param bytes memory of the messages
 */
record Chunk(
    BinlogPosition high,
    List<String> key,
    List<Row> rows,
    @Nullable List<String> last,
    int generation,
    boolean divisible,
    Closing closing,
    long bytes) {
  /**
   * A row.
   *
   * @param key for comparison with the keys of the stream
   * @param message of the row
   */
  record Row(RowKey key, Message message) {
    /** Memory, about. */
    long bytes() {
      return key.size() + message.bytes();
    }
  }
}
