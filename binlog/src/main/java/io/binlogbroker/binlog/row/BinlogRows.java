package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.CompressedBlock;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.row.cell.CellDecoder;
import io.binlogbroker.binlog.row.cell.RowLayout;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.binlog.row.column.TextFaults;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * The rows of rows events, reopened for each event. Allocates nothing per row once its buffers have
 * grown. Confined to the thread that reads the stream.
 */
public final class BinlogRows implements Rows, AutoCloseable {
  private static final int PARTIAL_JSON = 1;

  private final PlanCompiler compiler;
  private final CompressedBlock block;
  private final CellDecoder decoder;
  private final BinlogRowImage before;
  private final BinlogRowImage after;
  private final ColumnBitmap bitmap = new ColumnBitmap();
  private final ColumnBitmap afterBitmap = new ColumnBitmap();
  private final ByteReader options = new ByteReader();

  private @Nullable TableMap table;
  private @Nullable RowLayout layout;
  private boolean @Nullable [] virtual;
  private Action action = Action.INSERT;
  private boolean partial;
  private byte[] array = new byte[0];
  private int first;
  private int position;
  private int end;
  private int index;

  /**
   * @param source provides what a TABLE_MAP omits
   * @param faults notified of malformed text
   * @param maxInflated maximum length in bytes of an inflated event or cell
   */
  public BinlogRows(SchemaSource source, TextFaults faults, long maxInflated) {
    this.compiler = new PlanCompiler(source);
    this.block = new CompressedBlock(maxInflated);
    this.decoder = new CellDecoder(faults, maxInflated);
    this.before = new BinlogRowImage(decoder, null);
    this.after = new BinlogRowImage(decoder, before);
  }

  /**
   * Opens a rows event.
   *
   * @param body the event without header and checksum; must not change while rows are read
   * @param type a type for which {@link EventType#isRows} is true
   * @param table the table with the event's table id
   */
  public void open(ByteReader body, EventType type, TableMap table) {
    this.table = table;
    layout = null;
    virtual = null;
    action = actionOf(type);
    partial = type == EventType.PARTIAL_UPDATE_ROWS;
    index = -1;
    try {
      readHeader(body, type, table);
    } catch (MalformedBytesException e) {
      throw new MalformedBytesException(e.getMessage() + ", in the rows event of " + table, e);
    }
  }

  private void readHeader(ByteReader body, EventType type, TableMap table) {
    body.skip(8); // id and flags
    if (hasExtraData(type)) {
      int extra = body.u16();
      body.skip(extra - 2);
    }
    long columns = body.lenenc();
    if (columns != table.columnCount()) {
      throw new MalformedBytesException(
          "Expected the TABLE_MAP's %d columns but got %s"
              .formatted(table.columnCount(), Long.toUnsignedString(columns)));
    }
    bitmap.read(body, table.columnCount());
    if (action == Action.UPDATE) {
      afterBitmap.read(body, table.columnCount());
    }
    ByteReader rows = isCompressed(type) ? block.inflate(body) : body;
    array = rows.array();
    first = rows.position();
    position = first;
    end = rows.limit();
  }

  private static Action actionOf(EventType type) {
    return switch (type) {
      case WRITE_ROWS_V1,
          WRITE_ROWS_V2,
          MARIADB_WRITE_ROWS_COMPRESSED_V1,
          MARIADB_WRITE_ROWS_COMPRESSED_V2 ->
          Action.INSERT;
      case UPDATE_ROWS_V1,
          UPDATE_ROWS_V2,
          PARTIAL_UPDATE_ROWS,
          MARIADB_UPDATE_ROWS_COMPRESSED_V1,
          MARIADB_UPDATE_ROWS_COMPRESSED_V2 ->
          Action.UPDATE;
      case DELETE_ROWS_V1,
          DELETE_ROWS_V2,
          MARIADB_DELETE_ROWS_COMPRESSED_V1,
          MARIADB_DELETE_ROWS_COMPRESSED_V2 ->
          Action.DELETE;
      default -> throw new IllegalArgumentException("Expected a rows event but got " + type);
    };
  }

  private static boolean hasExtraData(EventType type) {
    return switch (type) {
      case WRITE_ROWS_V2,
          UPDATE_ROWS_V2,
          DELETE_ROWS_V2,
          PARTIAL_UPDATE_ROWS,
          MARIADB_WRITE_ROWS_COMPRESSED_V2,
          MARIADB_UPDATE_ROWS_COMPRESSED_V2,
          MARIADB_DELETE_ROWS_COMPRESSED_V2 ->
          true;
      default -> false;
    };
  }

  private static boolean isCompressed(EventType type) {
    return type.number() >= EventType.MARIADB_WRITE_ROWS_COMPRESSED_V1.number();
  }

  @Override
  public TableMap table() {
    if (table == null) {
      throw new IllegalStateException("No rows event is open");
    }
    return table;
  }

  @Override
  public Action action() {
    return action;
  }

  @Override
  public RowPlan plan() {
    return layout().plan();
  }

  private RowLayout layout() {
    RowLayout known = layout;
    if (known == null) {
      known = use(compiled(table()));
      virtual = completesAfter(known) ? virtualColumns(known) : null;
    }
    return known;
  }

  /** Whether only the before image is full, so that it completes the after image. */
  private boolean completesAfter(RowLayout known) {
    return action == Action.UPDATE
        && bitmap.count() == known.cellCount()
        && afterBitmap.count() < known.cellCount();
  }

  private boolean[] virtualColumns(RowLayout known) {
    TableMap map = table();
    boolean[] virtualColumns = known.virtual() != null ? known.virtual() : map.virtual();
    if (virtualColumns == null) {
      virtualColumns = compiler.virtualColumns(map, known);
      map.keepVirtual(virtualColumns);
    }
    return virtualColumns;
  }

  private RowLayout use(RowLayout chosen) {
    layout = chosen;
    bitmap.resolve(chosen);
    if (action == Action.UPDATE) {
      afterBitmap.resolve(chosen);
    }
    return chosen;
  }

  private RowLayout compiled(TableMap map) {
    RowLayout known = map.layout();
    if (known == null) {
      known = compiler.compile(map, bitmap.copy());
      map.keep(known);
    }
    return known;
  }

  @Override
  public boolean next() {
    RowLayout known = layout();
    if (position == end && !isRowOfDefaults()) {
      return false;
    }
    int start = position;
    switch (action) {
      case INSERT -> position = after.locate(known, bitmap, array, position, end);
      case DELETE -> position = before.locate(known, bitmap, array, position, end);
      case UPDATE -> nextUpdate(known);
    }
    if (position == start && start < end) {
      throw new MalformedBytesException(
          "Expected no bytes after rows without columns but %d are left, in the rows event of %s"
              .formatted(end - start, table()));
    }
    index++;
    return true;
  }

  /** INSERT INTO t VALUES () with a minimal image is one row of no bytes. */
  private boolean isRowOfDefaults() {
    return index < 0 && action == Action.INSERT && bitmap.count() == 0;
  }

  private void nextUpdate(RowLayout known) {
    position = before.locate(known, bitmap, array, position, end);
    boolean patches = partial && readOptions();
    position = after.locate(known, afterBitmap, array, position, end);
    if (patches) {
      markPatched(known);
    }
    if (virtual != null) {
      after.overlay(virtual);
    }
  }

  /**
   * Reads the value options between the images of a partial update; {@link #options} is left at the
   * JSON columns' bits.
   */
  private boolean readOptions() {
    options.wrap(array, position, end - position);
    long flags = options.lenenc();
    if ((flags & ~PARTIAL_JSON) != 0) {
      throw new MalformedBytesException(
          "Expected row value options 0 or 1 but got %#x, in the rows event of %s"
              .formatted(flags, table()));
    }
    position = options.position();
    if (flags == 0) {
      return false;
    }
    int bytes = (layout().jsonColumns().length + 7) / 8;
    options.skip(bytes);
    options.wrap(array, position, bytes);
    position += bytes;
    return true;
  }

  /** Each JSON column of the table has a bit, even if the image does not contain it. */
  private void markPatched(RowLayout known) {
    int[] wires = known.jsonColumns();
    for (int json = 0; json < wires.length; json++) {
      byte bits = options.array()[options.position() + (json >> 3)];
      if ((bits >> (json & 7) & 1) != 0 && afterBitmap.isPresent(wires[json])) {
        after.markPatched(known.planColumn(wires[json]));
      }
    }
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public int skip() {
    if (layout == null) {
      RowLayout known = table().layout();
      use(known != null ? known : table().skippingLayout());
    }
    int from = index;
    while (next()) {
      continue;
    }
    return index - from;
  }

  @Override
  public int bytes() {
    return Math.max(1, end - first);
  }

  @Override
  public int bytesRead() {
    return index < 0 ? 0 : Math.max(1, position - first);
  }

  @Override
  public void feed(Checksum sum, int from, int to) {
    if (end > first) {
      sum.update(array, first + from, to - from);
    }
  }

  @Override
  public RowImage before() {
    if (action == Action.INSERT) {
      throw new IllegalStateException("An INSERT has no before image");
    }
    return before;
  }

  @Override
  public RowImage after() {
    if (action == Action.DELETE) {
      throw new IllegalStateException("A DELETE has no after image");
    }
    return after;
  }

  /** Frees the native memory of decompression. */
  @Override
  public void close() {
    block.close();
    decoder.close();
  }
}
