package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.ServerVersion;
import org.jspecify.annotations.Nullable;

/**
 * What a TABLE_MAP event tells behind the id: which table it means, and the shape of its rows. What
 * it says never changes; the plan compiled from it is kept beside it, for the thread that reads the
 * stream.
 */
public final class TableMap {
  /** Twice what MySQL and MariaDB allow: hidden columns may come on top. */
  private static final int MOST_COLUMNS = 8192;

  private final String schema;
  private final String table;
  private final ServerVersion server;
  private final byte[] types;
  private final int[] metas;
  private final byte[] nullable;
  private final TableMetadata metadata;
  private final @Nullable MalformedBytesException fault;
  private @Nullable RowLayout layout;
  private @Nullable RowLayout passing;
  private boolean @Nullable [] virtual;

  private TableMap(ServerVersion server, String schema, String table, ByteReader columns) {
    this.server = server;
    this.schema = schema;
    this.table = table;
    this.types = columns.bytes(columnCount(columns));
    ByteReader metaBytes = new ByteReader(columns.bytes(columns.lenencLength()));
    this.nullable = columns.bytes((types.length + 7) / 8);
    this.metas = new int[types.length];
    TableMetadata told = TableMetadata.NONE;
    MalformedBytesException unread = null;
    try {
      readMetas(types, metaBytes, metas);
      told = MetadataReader.read(columns, this);
    } catch (MalformedBytesException e) {
      unread = new MalformedBytesException("TABLE_MAP of " + this + ": " + e.getMessage(), e);
    }
    this.metadata = told;
    this.fault = unread;
  }

  /**
   * Reads a TABLE_MAP.
   *
   * @param body what follows the event's header, without the checksum; read to its end
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

  /** A length, the bytes, a zero byte. */
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
          "the types leave " + bytes.remaining() + " bytes of their metadata unread");
    }
  }

  /** Two bytes become {@code first | second << 8}, whatever they mean. */
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
              "column %d has type %d, which is not known".formatted(column + 1, type));
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

  /** A {@link WireType} as written, ENUM and SET still disguised as STRING. */
  int type(int column) {
    return types[column] & 0xFF;
  }

  /** The type with ENUM and SET unmasked. */
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

  /** Most bytes of a STRING: lengths above 255 borrow two bits of the type byte, turned around. */
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

  /** Whether it tells the names of its columns, as with binlog_row_metadata=FULL. */
  public boolean namesColumns() {
    return metadata.isFull();
  }

  /**
   * Whether the lengths of its rows follow from the TABLE_MAP alone, whatever else is known of the
   * table: not with the dates and times of MariaDB before 10.1, nor with types that are not known
   * here.
   */
  public boolean tellsLengths() {
    if (fault != null) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      if (CellWidths.of(this, i) == CellWidths.UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  /** Whether all that it says of its columns could be read. */
  boolean isReadable() {
    return fault == null;
  }

  /**
   * @throws MalformedBytesException when what it says of its columns could not be read: nobody is
   *     bothered with that before rows of the table are asked for
   */
  void requireReadable() {
    if (fault != null) {
      throw fault;
    }
  }

  /** Good for passing over rows only. */
  RowLayout passing() {
    RowLayout known = passing;
    if (known == null) {
      known = PlanCompiler.compileForPassing(this);
      passing = known;
    }
    return known;
  }

  @Nullable RowLayout layout() {
    return layout;
  }

  void keep(RowLayout layout) {
    this.layout = layout;
  }

  /** Which columns of the layout are virtual, as far as the server was asked; else null. */
  boolean @Nullable [] virtual() {
    return virtual;
  }

  void keepVirtual(boolean[] virtual) {
    this.virtual = virtual;
  }

  /** The table has a new id, possibly after an ALTER: the server's answer may differ now. */
  void forgetVirtual() {
    virtual = null;
  }

  @Override
  public String toString() {
    return schema + "." + table;
  }
}
