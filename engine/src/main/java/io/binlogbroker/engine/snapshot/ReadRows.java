package io.binlogbroker.engine.snapshot;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.engine.relay.MessageBlock;
import io.binlogbroker.engine.snapshot.key.RowKeys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were read by one query, before it is known where the log ends behind them. They become
 * several chunks: the stream does not wait for all of them at once. One worker's.
 */
final class ReadRows {
  private final long pieceBytes;
  private final List<Piece> pieces = new ArrayList<>();
  private RowKeys keys = new RowKeys();
  private List<Message> messages = new ArrayList<>();
  private long bytes;
  private long allBytes;
  private int count;
  private boolean cut;
  private Closing closing = Closing.NONE;

  private record Piece(RowKeys keys, MessageBlock rows, @Nullable List<String> last) {}

  /**
   * @param pieceBytes about the size of a chunk
   */
  ReadRows(long pieceBytes) {
    this.pieceBytes = pieceBytes;
  }

  /**
   * @param message of the row whose key was added to {@link #keys} last
   */
  void add(Message message) {
    messages.add(message);
    long size = message.bytes();
    count++;
    bytes += size;
    allBytes += size;
  }

  /** The keys of the current chunk. */
  RowKeys keys() {
    return keys;
  }

  /** The number of all rows. */
  int count() {
    return count;
  }

  /** Memory of all rows, about. */
  long bytes() {
    return Chunk.bytes(count, allBytes);
  }

  /** Whether the rows since the last end are enough for a chunk. */
  boolean isPiece() {
    return Chunk.bytes(messages.size(), bytes) >= pieceBytes;
  }

  /** Ends a chunk. */
  void endPiece(List<String> last) {
    addPiece(last);
    keys = new RowKeys();
    messages = new ArrayList<>();
    bytes = 0;
  }

  /**
   * Ends the last chunk.
   *
   * @param last literals of the key that the next rows follow; null if the range ends
   * @param isCut whether rows of the query were left unread
   * @param end completes the messages if the range ends
   */
  ReadRows end(@Nullable List<String> last, boolean isCut, Closing end) {
    addPiece(last);
    cut = isCut;
    closing = end;
    return this;
  }

  private void addPiece(@Nullable List<String> last) {
    pieces.add(new Piece(keys, new MessageBlock(messages, bytes), last));
  }

  /** Whether the session can only be closed, since it has sent rows that were not read. */
  boolean isCut() {
    return cut;
  }

  /**
   * The chunks, in the order of the key.
   *
   * @param high end of the log after the rows were read
   * @param generation of the keys that are tracked since before the view was opened
   * @param key names of its columns
   * @param isInteger whether it is one integer
   */
  List<Chunk> chunks(BinlogPosition high, int generation, List<String> key, boolean isInteger) {
    return pieces.stream()
        .map(
            piece ->
                new Chunk(
                    high,
                    key,
                    piece.keys,
                    piece.rows,
                    piece.last,
                    generation,
                    isInteger,
                    piece.last == null ? closing : Closing.NONE))
        .toList();
  }
}
