package io.binlogbroker.binlog.event;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * Writes binlog events as a server does, so that tests need no server. Its tables have a column
 * {@code id INT} and a column {@code name VARCHAR(255)}, both nullable.
 */
public final class BinlogWriter {
  public static final int ZSTD = 0;
  public static final int NONE = 255;

  private static final int FLAG_ARTIFICIAL = 0x20;
  private static final int FLAG_IGNORABLE = 0x80;
  private static final int STMT_END = 1;

  private final String version;
  private final List<byte[]> events = new ArrayList<>();
  private boolean checksums;
  private boolean zeroLogPositions;
  private long position = 4;
  private long timestamp = 1_700_000_000;
  private long serverId = 1;

  private BinlogWriter(String version, boolean checksums) {
    this.version = version;
    this.checksums = checksums;
  }

  /** A server's log with checksums. */
  public static BinlogWriter of(String version) {
    return new BinlogWriter(version, true);
  }

  public static BinlogWriter mysql() {
    return of("8.0.33");
  }

  public static BinlogWriter mariadb() {
    return of("11.4.5-MariaDB-log");
  }

  /** Events in a TRANSACTION_PAYLOAD, without checksums and positions. */
  public static BinlogWriter inPayload() {
    return new BinlogWriter("8.0.33", false).zeroLogPositions(true);
  }

  public BinlogWriter checksums(boolean on) {
    checksums = on;
    return this;
  }

  /** Writes position 0, as MariaDB 11.4 does for events from its transaction cache. */
  public BinlogWriter zeroLogPositions(boolean on) {
    zeroLogPositions = on;
    return this;
  }

  /** Continues at another position, as if the events in between had been skipped. */
  public BinlogWriter at(long position) {
    this.position = position;
    return this;
  }

  public BinlogWriter serverId(long serverId) {
    this.serverId = serverId;
    return this;
  }

  public BinlogWriter timestamp(long seconds) {
    this.timestamp = seconds;
    return this;
  }

  /** Where the next event starts. */
  public long position() {
    return position;
  }

  /** All events so far; {@link #feed} returns the same, possibly modified, bytes. */
  public List<byte[]> events() {
    return events;
  }

  public byte[] last() {
    return events.get(events.size() - 1);
  }

  public ListFeed feed() {
    return new ListFeed(events);
  }

  /** All events so far, concatenated. */
  public byte[] joined() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    events.forEach(all::writeBytes);
    return all.toByteArray();
  }

  /** An event in the file. */
  public BinlogWriter event(EventType type, byte[] body) {
    return event(type.number(), 0, body);
  }

  public BinlogWriter event(int type, int flags, byte[] body) {
    int length = length(body);
    position += length;
    add(type, flags, zeroLogPositions ? 0 : position, body);
    return this;
  }

  /** An event that is in no file, so that the position does not change. */
  public BinlogWriter outsideFile(EventType type, int flags, long logPosition, byte[] body) {
    add(type.number(), flags, logPosition, body);
    return this;
  }

  private int length(byte[] body) {
    return BinlogEvent.HEADER_LENGTH + body.length + (checksums ? EventChecksum.LENGTH : 0);
  }

  private void add(int type, int flags, long logPosition, byte[] body) {
    byte[] event =
        new LittleEndian()
            .number(timestamp, 4)
            .u8(type)
            .number(serverId, 4)
            .number(length(body), 4)
            .number(logPosition, 4)
            .number(flags, 2)
            .bytes(body)
            .bytes(new byte[checksums ? EventChecksum.LENGTH : 0])
            .toBytes();
    if (checksums) {
      sign(event);
    }
    events.add(event);
  }

  /** Fixes the CRC32 of an event that a test has changed. */
  public static void sign(byte[] event) {
    CRC32 crc = new CRC32();
    crc.update(event, 0, event.length - EventChecksum.LENGTH);
    byte[] value = new LittleEndian().number(crc.getValue(), EventChecksum.LENGTH).toBytes();
    System.arraycopy(value, 0, event, event.length - value.length, value.length);
  }

  public BinlogWriter formatDescription() {
    position += formatBody().length + BinlogEvent.HEADER_LENGTH + EventChecksum.LENGTH;
    return addFormat(position);
  }

  /** The first event of a dump from the middle of a file. */
  public BinlogWriter formatDescriptionAgain() {
    return addFormat(0);
  }

  /** The CRC32 is present even if the events have none. */
  private BinlogWriter addFormat(long logPosition) {
    boolean ofEvents = checksums;
    byte[] body = formatBody();
    checksums = true;
    add(EventType.FORMAT_DESCRIPTION.number(), 0, logPosition, body);
    checksums = ofEvents;
    return this;
  }

  private byte[] formatBody() {
    byte[] lengths = new byte[version.contains("MariaDB") ? 171 : 41];
    Arrays.fill(lengths, (byte) 8);
    return new LittleEndian()
        .number(4, 2)
        .bytes(Arrays.copyOf(version.getBytes(StandardCharsets.US_ASCII), 50))
        .number(timestamp, 4)
        .u8(BinlogEvent.HEADER_LENGTH)
        .bytes(lengths)
        .u8(checksums ? 1 : 0)
        .toBytes();
  }

  /** The end of a file; further events are in the next one, from position 4. */
  public BinlogWriter rotate(String nextFile) {
    event(EventType.ROTATE, rotateBody(nextFile, 4));
    return at(4);
  }

  /** The ROTATE that a dump thread sends before a file. */
  public BinlogWriter artificialRotate(String file, long offset) {
    long seconds = timestamp;
    timestamp = 0;
    outsideFile(EventType.ROTATE, FLAG_ARTIFICIAL, 0, rotateBody(file, offset));
    timestamp = seconds;
    return at(offset);
  }

  private static byte[] rotateBody(String file, long offset) {
    return new LittleEndian().number(offset, 8).text(file).toBytes();
  }

  public BinlogWriter heartbeat(String file, long logPosition) {
    return outsideFile(
        EventType.HEARTBEAT, 0, logPosition, new LittleEndian().text(file).toBytes());
  }

  public BinlogWriter gtid(UUID source, long number) {
    return event(EventType.GTID, gtidBody(source, number));
  }

  public BinlogWriter anonymousGtid() {
    return event(EventType.ANONYMOUS_GTID, gtidBody(new UUID(0, 0), 0));
  }

  private byte[] gtidBody(UUID source, long number) {
    return new LittleEndian()
        .u8(1)
        .bytes(bigEndian(source))
        .number(number, 8)
        .u8(2)
        .number(0, 8)
        .number(1, 8)
        .number(timestamp * 1_000_000, 7)
        .lenenc(200)
        .number(80033, 4)
        .toBytes();
  }

  private static byte[] bigEndian(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  /**
   * @param flags 1 for a standalone event, 0x40 for a prepared XA transaction, 0x80 for its end
   */
  public BinlogWriter mariadbGtid(long domain, long sequence, int flags) {
    return mariadbGtid(domain, sequence, flags, 0);
  }

  /**
   * @param moreFlags 8 for ALTER that is rolled back
   */
  public BinlogWriter mariadbGtid(long domain, long sequence, int flags, int moreFlags) {
    LittleEndian body = new LittleEndian().number(sequence, 8).number(domain, 4).u8(flags);
    if ((flags & 0xC0) != 0) {
      body.number(1, 4).u8(1).u8(1).text("xy");
    } else {
      body.u8(moreFlags).bytes(new byte[5]);
    }
    boolean zero = zeroLogPositions;
    zeroLogPositions(false).event(EventType.MARIADB_GTID, body.toBytes());
    return zeroLogPositions(zero);
  }

  /** The event that follows the connection of a replica with a GTID. */
  public BinlogWriter artificialGtidList(long logPosition) {
    byte[] body = new LittleEndian().number(1, 4).number(0, 4).number(1, 4).number(9, 8).toBytes();
    return outsideFile(EventType.MARIADB_GTID_LIST, FLAG_ARTIFICIAL, logPosition, body);
  }

  public BinlogWriter query(String schema, String sql) {
    return event(EventType.QUERY, queryBody(schema, new LittleEndian().text(sql).toBytes()));
  }

  /** A statement with the schemas that it updated, or with 254 for too many. */
  public BinlogWriter updating(String sql, String... updated) {
    byte[] text = new LittleEndian().text(sql).toBytes();
    return event(EventType.QUERY, queryBody("mall", new byte[0], list(updated), text));
  }

  private static byte[] list(String... updated) {
    boolean tooMany = updated.length == 0;
    LittleEndian list = new LittleEndian().u8(12).u8(tooMany ? 254 : updated.length);
    for (String schema : updated) {
      list.text(schema).u8(0);
    }
    return list.toBytes();
  }

  /** LOAD DATA in statement format, without the events of its file. */
  public BinlogWriter loadQuery(String schema, String sql) {
    return event(
        EventType.EXECUTE_LOAD_QUERY,
        queryBody(schema, new byte[13], new byte[0], new LittleEndian().text(sql).toBytes()));
  }

  public BinlogWriter begin() {
    return query("", "BEGIN");
  }

  public BinlogWriter mariadbCompressedQuery(String schema, String sql) {
    byte[] text = new LittleEndian().text(sql).toBytes();
    return event(EventType.MARIADB_QUERY_COMPRESSED, queryBody(schema, ZlibBlock.of(text)));
  }

  /** A QUERY body with known status variables and an unknown one. */
  static byte[] queryBody(String schema, byte[] text) {
    return queryBody(schema, new byte[0], new byte[0], text);
  }

  private static byte[] queryBody(String schema, byte[] moreFields, byte[] updated, byte[] text) {
    byte[] status =
        new LittleEndian()
            .u8(0)
            .number(0, 4)
            .u8(4)
            .number(255, 2)
            .number(255, 2)
            .number(255, 2)
            .bytes(updated)
            .u8(99)
            .text("what no reader knows")
            .toBytes();
    byte[] name = new LittleEndian().text(schema).toBytes();
    return new LittleEndian()
        .number(11, 4)
        .number(0, 4)
        .u8(name.length)
        .number(0, 2)
        .number(status.length, 2)
        .bytes(moreFields)
        .bytes(status)
        .bytes(name)
        .u8(0)
        .bytes(text)
        .toBytes();
  }

  /** The end of an XA transaction's group, with format 1 and an empty branch qualifier. */
  public BinlogWriter xaPrepare(String global, boolean onePhase) {
    byte[] part = new LittleEndian().text(global).toBytes();
    byte[] body =
        new LittleEndian()
            .u8(onePhase ? 1 : 0)
            .number(1, 4)
            .number(part.length, 4)
            .number(0, 4)
            .bytes(part)
            .toBytes();
    return event(EventType.XA_PREPARE, body);
  }

  /**
   * A statement about an XA transaction written by {@link #xaPrepare}.
   *
   * @param verb such as {@code XA COMMIT}
   */
  public BinlogWriter xa(String verb, String global) {
    byte[] part = new LittleEndian().text(global).toBytes();
    return query("", verb + " X'" + HexFormat.of().formatHex(part) + "',X'',1");
  }

  public BinlogWriter xid(long xid) {
    return event(EventType.XID, new LittleEndian().number(xid, 8).toBytes());
  }

  public BinlogWriter tableMap(long tableId, String schema, String table) {
    byte[] schemaName = new LittleEndian().text(schema).toBytes();
    byte[] tableName = new LittleEndian().text(table).toBytes();
    byte[] body =
        new LittleEndian()
            .number(tableId, 6)
            .number(1, 2)
            .u8(schemaName.length)
            .bytes(schemaName)
            .u8(0)
            .u8(tableName.length)
            .bytes(tableName)
            .u8(0)
            .lenenc(2)
            .u8(3) // INT
            .u8(15) // VARCHAR
            .lenenc(2)
            .number(255, 2)
            .u8(0b11)
            .toBytes();
    return event(EventType.TABLE_MAP, body);
  }

  /** Inserts; MariaDB writes them as v1 events, MySQL as v2. */
  public BinlogWriter insert(long tableId, Row... rows) {
    return rows(
        version.contains("MariaDB") ? EventType.WRITE_ROWS_V1 : EventType.WRITE_ROWS_V2,
        tableId,
        rows);
  }

  /** For an update, a row is its before image, followed by its after image. */
  public BinlogWriter rows(EventType type, long tableId, Row... images) {
    LittleEndian body = new LittleEndian().number(tableId, 6).number(STMT_END, 2);
    if (type.number() >= EventType.WRITE_ROWS_V2.number()) {
      body.number(2, 2);
    }
    body.lenenc(2).u8(0b11);
    if (type == EventType.UPDATE_ROWS_V1 || type == EventType.UPDATE_ROWS_V2) {
      body.u8(0b11);
    }
    for (Row image : images) {
      image.write(body);
    }
    return event(type, body.toBytes());
  }

  public BinlogWriter incident(String message) {
    byte[] text = new LittleEndian().text(message).toBytes();
    return event(
        EventType.INCIDENT, new LittleEndian().number(1, 2).u8(text.length).bytes(text).toBytes());
  }

  /** An event of an unknown type. */
  public BinlogWriter unknown(int type, boolean ignorable) {
    return event(type, ignorable ? FLAG_IGNORABLE : 0, new byte[] {1, 2, 3});
  }

  /** A compressed transaction of the other writer's events. */
  public BinlogWriter payload(BinlogWriter inner, int compression) {
    byte[] unpacked = inner.joined();
    byte[] packed = compression == ZSTD ? Zstd.compress(unpacked) : unpacked;
    return payload(packed, compression, packed.length, unpacked.length);
  }

  /** A TRANSACTION_PAYLOAD whose fields may be wrong. */
  public BinlogWriter payload(byte[] packed, int compression, long size, long unpackedSize) {
    return event(
        EventType.TRANSACTION_PAYLOAD,
        new LittleEndian()
            .bytes(field(2, compression))
            .bytes(field(3, unpackedSize))
            .bytes(field(1, size))
            .u8(0)
            .bytes(packed)
            .toBytes());
  }

  private static byte[] field(int type, long value) {
    byte[] number = new LittleEndian().lenenc(value).toBytes();
    return new LittleEndian().lenenc(type).lenenc(number.length).bytes(number).toBytes();
  }

  /** A row of the writer's tables. */
  public record Row(int id, String name) {
    void write(LittleEndian body) {
      byte[] text = new LittleEndian().text(name).toBytes();
      body.u8(0).number(id, 4).u8(text.length).bytes(text);
    }
  }
}
