package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.ServerVersion;
import io.binlogbroker.binlog.row.cell.RowLayout;
import io.binlogbroker.binlog.row.column.WireType;
import org.jspecify.annotations.Nullable;

/**
 * A TABLE_MAP event without its id: the table's name and the format of its rows, which are
 * immutable. Also caches the layouts compiled from it, for the thread that reads the stream.
 */
public final class TableMap {
  /** Twice the limit of MySQL and MariaDB, because hidden columns are additional. */
  private static final int MOST_COLUMNS = 8192;

  private final String schema;
  private final String table;
  private final ServerVersion server;
  private final byte[] types;
  private final int[] metas;
  private final byte[] nullable;
  private final TableMetadata metadata;
  private final @Nullable MalformedBytesException readFailure;
  private @Nullable RowLayout layout;
  private @Nullable RowLayout skippingLayout;
  private boolean @Nullable [] virtual;

  private TableMap(ServerVersion server, String schema, String table, ByteReader columns) {
    this.server = server;
    this.schema = schema;
    this.table = table;
    this.types = columns.bytes(columnCount(columns));
    ByteReader metaBytes = new ByteReader(columns.bytes(columns.lenencLength()));
    this.nullable = columns.bytes((types.length + 7) / 8);
    this.metas = new int[types.length];
    TableMetadata optionalMetadata = TableMetadata.NONE;
    MalformedBytesException readFailure = null;
    try {
      readMetas(types, metaBytes, metas);
      optionalMetadata = MetadataReader.read(columns, this);
    } catch (MalformedBytesException e) {
      readFailure = new MalformedBytesException("TABLE_MAP of " + this + ": " + e.getMessage(), e);
    }
    this.metadata = optionalMetadata;
    this.readFailure = readFailure;
  }

  /**
   * Reads a TABLE_MAP.
   *
   * @param body the event without header and checksum; read to its end
   */
  static TableMap read(ByteReader body, ServerVersion server) {
    body.skip(8); // id and flags
    String schema = name(body);
    String table = name(body);
    try {
      return new TableMap(server, schema, table, body);
    } catch (MalformedBytesException e) {
      throw new MalformedBytesException(
          "TABLE_MAP of " + schema + "." + table + ": " + e.getMessage(), e);
    }
  }

  /** Reads a length, the bytes and a zero byte. */
  private static String name(ByteReader body) {
    String name = body.utf8(body.u8());
    body.skip(1);
    return name;
  }

  private static int columnCount(ByteReader columns) {
    int count = columns.lenencLength();
    if (count > MOST_COLUMNS) {
      throw new MalformedBytesException(
          "expected at most %d columns but got %d".formatted(MOST_COLUMNS, count));
    }
    return count;
  }

  private static void readMetas(byte[] types, ByteReader bytes, int[] metas) {
    for (int i = 0; i < types.length; i++) {
      metas[i] = readMeta(types[i] & 0xFF, i, bytes);
    }
    if (bytes.remaining() > 0) {
      throw new MalformedBytesException(
          "expected the end of the types' metadata but " + bytes.remaining() + " bytes are left");
    }
  }

  /** Two bytes become {@code first | second << 8}, regardless of the type. */
  private static int readMeta(int type, int column, ByteReader bytes) {
    if (type == WireType.TYPED_ARRAY) {
      return readMeta(bytes.u8(), column, bytes);
    }
    return switch (WireType.metaBytes(type)) {
      case 0 -> 0;
      case 1 -> bytes.u8();
      case 2 -> bytes.u16();
      default ->
          throw new MalformedBytesException(
              "column %d has the unknown type %d".formatted(column + 1, type));
    };
  }

  public String schema() {
    return schema;
  }

  public String table() {
    return table;
  }

  public int columnCount() {
    return types.length;
  }

  ServerVersion server() {
    return server;
  }

  /** A {@link WireType} as written, where ENUM and SET are STRING. */
  int type(int column) {
    return types[column] & 0xFF;
  }

  /** The type, with ENUM and SET resolved. */
  int realType(int column) {
    int type = type(column);
    if (type != WireType.STRING) {
      return type;
    }
    int hidden = metas[column] & 0xFF;
    return hidden == WireType.ENUM || hidden == WireType.SET ? hidden : type;
  }

  int meta(int column) {
    return metas[column];
  }

  /** Maximum bytes of a STRING: lengths above 255 use two inverted bits of the type byte. */
  int stringLength(int column) {
    int meta = metas[column];
    return meta >> 8 | (meta & 0x30 ^ 0x30) << 4;
  }

  boolean nullable(int column) {
    return (nullable[column >> 3] >> (column & 7) & 1) != 0;
  }

  TableMetadata metadata() {
    return metadata;
  }

  /** Whether it contains the column names, as with binlog_row_metadata=FULL. */
  public boolean namesColumns() {
    return metadata.isFull();
  }

  /**
   * Whether the lengths of its rows follow from the TABLE_MAP alone. They do not with MariaDB's
   * temporal formats from before 10.1 and with unknown types.
   */
  public boolean tellsLengths() {
    if (readFailure != null) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      if (CellWidths.of(this, i) == CellWidths.UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  /** Whether the description of its columns could be read. */
  boolean isReadable() {
    return readFailure == null;
  }

  /**
   * @throws MalformedBytesException if the description of its columns could not be read, which is
   *     reported only when rows of the table are requested
   */
  void requireReadable() {
    if (readFailure != null) {
      throw readFailure;
    }
  }

  /** A layout that can only be used to skip rows. */
  RowLayout skippingLayout() {
    RowLayout known = skippingLayout;
    if (known == null) {
      known = PlanCompiler.compileForSkipping(this);
      skippingLayout = known;
    }
    return known;
  }

  @Nullable RowLayout layout() {
    return layout;
  }

  void keep(RowLayout layout) {
    this.layout = layout;
  }

  /** Which columns of the layout are virtual; null if that was not queried. */
  boolean @Nullable [] virtual() {
    return virtual;
  }

  void keepVirtual(boolean[] virtual) {
    this.virtual = virtual;
  }

  /** The table has a new id, possibly after an ALTER, so virtual columns are queried again. */
  void forgetVirtual() {
    virtual = null;
  }

  @Override
  public String toString() {
    return schema + "." + table;
  }
}
