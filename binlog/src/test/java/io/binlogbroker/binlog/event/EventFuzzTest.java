package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.Mutations;
import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.ReplicaOptions;
import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.binlog.row.ServerTextSink;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.row.column.TextFaults;
import io.binlogbroker.binlog.wire.ReplicaIdentity;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Mutated events are read, or rejected with a declared exception. */
class EventFuzzTest {
  private static final Path FOLDER = Path.of("src/test/resources/vectors");
  private static final int LARGEST = 64 * 1024;
  private static final int LENGTH_AT = 9;
  private static final int POSITION_AT = 13;
  private static final UUID SERVER = UUID.fromString("3e11fa47-71ca-11e1-9e33-c80aa9429562");

  /** The FORMAT_DESCRIPTION event of each server. */
  private static final List<byte[]> FORMATS =
      List.of(
          events("my80p").get(0),
          events("ma114").get(0),
          BinlogWriter.mysql().formatDescription().last(),
          BinlogWriter.mariadb().formatDescription().last());

  private static List<byte[]> events(String capture) {
    return ListFeed.ofFile(FOLDER.resolve(capture + ".binlog.000001")).events();
  }

  @Test
  void mutatedEventsAreReadOrRejected() {
    Mutations.of("events", samples(), Set.of(MalformedBytesException.class, SchemaException.class))
        .run(EventFuzzTest::readAll);
  }

  /** Single events, rows preceded by their TABLE_MAP; the first byte is the index of a format. */
  private static List<byte[]> samples() {
    List<byte[]> samples = new ArrayList<>();
    addCapture(samples, "my80p", 0);
    addCapture(samples, "ma114", 1);
    BinlogWriter inner = BinlogWriter.inPayload().begin().tableMap(7, "d", "t");
    inner.insert(7, new BinlogWriter.Row(1, "a"), new BinlogWriter.Row(2, "b")).xid(3);
    BinlogWriter mysql = BinlogWriter.mysql().gtid(SERVER, 5);
    samples.add(sample(2, mysql.payload(inner, BinlogWriter.ZSTD).joined()));
    samples.add(sample(2, BinlogWriter.mysql().payload(inner, BinlogWriter.NONE).joined()));
    samples.add(sample(2, BinlogWriter.mysql().loadQuery("d", "LOAD DATA INFILE 'a'").joined()));
    samples.add(sample(2, BinlogWriter.mysql().incident("lost").joined()));
    samples.add(sample(2, BinlogWriter.mysql().rotate("binlog.000002").joined()));
    samples.add(sample(2, BinlogWriter.mysql().heartbeat("binlog.000001", 4).joined()));
    samples.add(sample(2, BinlogWriter.mysql().xa("COMMIT", "g").joined()));
    samples.add(sample(2, BinlogWriter.mysql().query("d", "SAVEPOINT `a``b`").joined()));
    samples.add(
        sample(3, BinlogWriter.mariadb().mariadbCompressedQuery("d", "CREATE TABLE t").joined()));
    samples.add(
        sample(2, event(EventType.GTID_TAGGED, TaggedGtidBody.of(SERVER, "tag", 7, 1_000))));
    return samples;
  }

  private static byte[] event(EventType type, byte[] body) {
    return BinlogWriter.mysql().event(type, body).joined();
  }

  private static void addCapture(List<byte[]> samples, String capture, int format) {
    byte[] map = new byte[0];
    for (byte[] event : events(capture)) {
      EventType type = EventType.of(event[4] & 0xFF);
      boolean isRows = type != null && type.isRows();
      if (event.length <= LARGEST) {
        samples.add(sample(format, isRows ? joined(map, event) : event));
      }
      map = type == EventType.TABLE_MAP ? event : map;
    }
  }

  private static byte[] sample(int format, byte[] events) {
    return joined(new byte[] {(byte) format}, events);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static void readAll(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return;
    }
    byte[] format = FORMATS.get((bytes[0] & 0xFF) % FORMATS.size());
    ListFeed feed = new ListFeed(withPositions(format, bytes));
    ReplicaOptions options =
        new ReplicaOptions(
            new ReplicaIdentity(1, SERVER, "fuzz"),
            Duration.ofSeconds(1),
            1 << 20,
            table -> null,
            TextFaults.IGNORED);
    try (ReplicaClient client = ReplicaClient.ofFeed(feed, false, options)) {
      while (true) {
        read(client, client.next());
      }
    } catch (EOFException e) {
      // All of it was read.
    }
  }

  /** Fixes positions and checksums, so that the bodies of damaged events are read, too. */
  private static List<byte[]> withPositions(byte[] format, byte[] bytes) {
    List<byte[]> events = new ArrayList<>(List.of(format));
    long position = new ByteReader(format, POSITION_AT, 4).u32();
    int at = 1;
    while (at < bytes.length) {
      int left = bytes.length - at;
      long said = left < 19 ? left : new ByteReader(bytes, at + LENGTH_AT, 4).u32();
      int length = (int) (said < 19 || said > left ? left : said);
      byte[] event = Arrays.copyOfRange(bytes, at, at + length);
      position += length;
      if (length >= 23) {
        put(event, POSITION_AT, position);
        put(event, LENGTH_AT, length);
        BinlogWriter.sign(event);
      }
      events.add(event);
      at += length;
    }
    return events;
  }

  private static void put(byte[] event, int at, long value) {
    for (int i = 0; i < 4; i++) {
      event[at + i] = (byte) (value >> 8 * i);
    }
  }

  private static void read(ReplicaClient client, BinlogEvent event) {
    Rows rows = client.rows();
    if (rows != null) {
      read(rows);
      return;
    }
    EventType type = event.type();
    if (type == null) {
      return;
    }
    switch (type) {
      case QUERY -> {
        StatementEvent.firstByte(event);
        StatementEvent.read(event, null);
        read(client.query(event));
      }
      case EXECUTE_LOAD_QUERY -> StatementEvent.read(event, null);
      case MARIADB_QUERY_COMPRESSED -> read(client.query(event));
      case GTID, ANONYMOUS_GTID, GTID_TAGGED -> GtidEvent.read(event.body(), type);
      case PREVIOUS_GTIDS -> MysqlGtidSet.read(event.body());
      case MARIADB_GTID -> MariadbGtidEvent.read(event.body(), event.serverId());
      case XA_PREPARE -> XaPrepareEvent.read(event.body());
      default -> {}
    }
  }

  private static void read(QueryEvent query) {
    query.savepoint();
    if (query.kind() == QueryEvent.Kind.XA_COMMIT || query.kind() == QueryEvent.Kind.XA_ROLLBACK) {
      query.xid();
    }
  }

  private static void read(Rows rows) {
    ServerTextSink cells = new ServerTextSink();
    while (rows.next()) {
      if (rows.action() != Rows.Action.INSERT) {
        read(rows.before(), cells);
      }
      if (rows.action() != Rows.Action.DELETE) {
        read(rows.after(), cells);
      }
    }
  }

  private static void read(RowImage image, ServerTextSink cells) {
    image.cells(cells);
    cells.take();
  }
}
