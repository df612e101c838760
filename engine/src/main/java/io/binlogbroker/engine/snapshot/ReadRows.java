package io.binlogbroker.engine.snapshot;

import io.binlogbroker.engine.model.BinlogPosition;
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
  private List<Chunk.Row> rows = new ArrayList<>();
  private long bytes;
  private long allBytes;
  private int count;
  private boolean cut;
  private Closing closing = Closing.NONE;

  private record Piece(List<Chunk.Row> rows, @Nullable List<String> last, long bytes) {}

  /**
   * @param pieceBytes about the size of a chunk
   */
  ReadRows(long pieceBytes) {
    this.pieceBytes = pieceBytes;
  }

  void add(Chunk.Row row) {
    rows.add(row);
    count++;
    bytes += row.bytes();
    allBytes += row.bytes();
  }

  /** The number of all rows. */
  int count() {
    return count;
  }

  /** The size of all rows. */
  long bytes() {
    return allBytes;
  }

  /** Whether the rows since the last end are enough for a chunk. */
  boolean isPiece() {
    return bytes >= pieceBytes;
  }

  /** Ends a chunk. */
  void endPiece(List<String> last) {
    pieces.add(new Piece(rows, last, bytes));
    rows = new ArrayList<>();
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
    pieces.add(new Piece(rows, last, bytes));
    cut = isCut;
    closing = end;
    return this;
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
                    piece.rows,
                    piece.last,
                    generation,
                    isInteger,
                    piece.last == null ? closing : Closing.NONE,
                    piece.bytes))
        .toList();
  }
}
