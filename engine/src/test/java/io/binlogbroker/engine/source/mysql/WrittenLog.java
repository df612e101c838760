package io.binlogbroker.engine.source.mysql;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.ReplicaOptions;
import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.event.BinlogWriter;
import io.binlogbroker.binlog.event.EventFeed;
import io.binlogbroker.binlog.event.ListFeed;
import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import io.binlogbroker.binlog.row.column.TextFaults;
import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.source.mysql.log.BinlogReplay;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A server's log, written by a {@link BinlogWriter}, whose files can be read from every position.
 * Records which positions were requested.
 */
final class WrittenLog implements BinlogReplay {
  private static final int TYPE = 4;
  private static final int FLAGS = 17;
  private static final int HEADER = 19;
  private static final int CHECKSUM = 4;
  private static final int ROTATE = 4;
  private static final int ARTIFICIAL = 0x20;

  private final String version;
  private final List<Logged> events = new ArrayList<>();
  private final List<BinlogPosition> asked = new ArrayList<>();
  private final List<String> purged = new ArrayList<>();

  /**
   * @param writer whose first event is an artificial ROTATE that names the file
   */
  WrittenLog(String version, BinlogWriter writer) {
    this.version = version;
    BinlogPosition place = new BinlogPosition("", 0);
    for (byte[] event : writer.events()) {
      boolean made = (bytes(event, FLAGS, 2).u16() & ARTIFICIAL) != 0;
      if (!place.file().isEmpty()) {
        events.add(new Logged(place, event));
      }
      place = event[TYPE] == ROTATE ? rotated(event) : after(place, made ? 0 : event.length);
    }
  }

  private static ByteReader bytes(byte[] event, int offset, int length) {
    return new ByteReader(event, offset, length);
  }

  private static BinlogPosition rotated(byte[] event) {
    ByteReader body = bytes(event, HEADER, event.length - HEADER - CHECKSUM);
    long offset = body.i64();
    return new BinlogPosition(body.string(body.remaining(), StandardCharsets.US_ASCII), offset);
  }

  private static BinlogPosition after(BinlogPosition place, long length) {
    return new BinlogPosition(place.file(), place.offset() + length);
  }

  String version() {
    return version;
  }

  /** Deletes a file, as the server's PURGE does. */
  void purge(String file) {
    purged.add(file);
  }

  /** The positions from which the log was read again, in order. */
  List<BinlogPosition> asked() {
    return asked;
  }

  /** A dump that ends at the end of the log. */
  ReplicaClient dump(BinlogPosition from) {
    BinlogWriter head = BinlogWriter.of(version).artificialRotate(from.file(), from.offset());
    if (from.offset() > 4) {
      head.formatDescriptionAgain();
    }
    List<byte[]> all = new ArrayList<>(head.events());
    boolean reached = false;
    for (Logged logged : events) {
      reached |= logged.place().equals(from);
      if (reached) {
        all.add(logged.event());
      }
    }
    return ReplicaClient.ofFeed(new ListFeed(all), true, options());
  }

  private static ReplicaOptions options() {
    TableSchema columns =
        new TableSchema(
            List.of(
                new ColumnSchema("id", "int", "int", true, null),
                new ColumnSchema("name", "varchar(255)", "varchar", true, "latin1")),
            List.of());
    return new ReplicaOptions(
        new ReplicaIdentity(1, new UUID(0, 1), "test"),
        Duration.ofSeconds(10),
        1 << 24,
        table -> columns,
        TextFaults.IGNORED);
  }

  @Override
  public ReplicaClient from(BinlogPosition place) throws IOException {
    asked.add(place);
    return dump(place);
  }

  @Override
  public ReplicaClient of(EventFeed kept) {
    return ReplicaClient.ofFeed(kept, false, options());
  }

  @Override
  public List<String> files() {
    return events.stream()
        .map(logged -> logged.place().file())
        .distinct()
        .filter(file -> !purged.contains(file))
        .toList();
  }

  @Override
  public void abort() {}

  private record Logged(BinlogPosition place, byte[] event) {}
}
