package io.binlogbroker.engine.source.mysql;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The transactions of one of the benchmarks' loads, from the binary log that their sample is, ready
 * to be sent over and over.
 *
 * @param schema of the load
 * @param head the file's FORMAT_DESCRIPTION
 * @param events whole, with headers and checksums; {@link #ROWS} rows are changed in them
 * @param transactions that the events make up
 */
record SampleLog(String schema, byte[] head, List<byte[]> events, int transactions) {
  static final int ROWS = 100;

  private static final Path FILE = Path.of("../bench/src/main/resources/sample.binlog");
  private static final int MAGIC = 4;
  private static final int TYPE_AT = 4;
  private static final int LENGTH_AT = 9;
  private static final int END_AT = 13;
  private static final int CHECKSUM = 4;
  private static final int GTID = 33;
  private static final int ANONYMOUS_GTID = 34;

  static SampleLog of(String schema) throws IOException {
    List<byte[]> all = read(ByteBuffer.wrap(Files.readAllBytes(FILE)));
    List<List<byte[]>> transactions =
        transactions(all).stream().filter(events -> mention(events, schema)).toList();
    List<byte[]> events =
        transactions.stream().flatMap(List::stream).map(SampleLog::withoutEnd).toList();
    return new SampleLog(schema, all.get(0), events, transactions.size());
  }

  /** Names stand in QUERY and TABLE_MAP events as they are. */
  private static boolean mention(List<byte[]> events, String schema) {
    return events.stream().anyMatch(event -> new String(event, US_ASCII).contains(schema));
  }

  private static List<byte[]> read(ByteBuffer file) {
    file.order(ByteOrder.LITTLE_ENDIAN).position(MAGIC);
    List<byte[]> events = new ArrayList<>();
    while (file.hasRemaining()) {
      byte[] event = new byte[file.getInt(file.position() + LENGTH_AT)];
      file.get(event);
      events.add(event);
    }
    return events;
  }

  private static List<List<byte[]>> transactions(List<byte[]> events) {
    List<List<byte[]>> transactions = new ArrayList<>();
    for (byte[] event : events) {
      if (event[TYPE_AT] == GTID || event[TYPE_AT] == ANONYMOUS_GTID) {
        transactions.add(new ArrayList<>());
      }
      if (!transactions.isEmpty()) {
        transactions.get(transactions.size() - 1).add(event);
      }
    }
    return transactions;
  }

  /** An event that does not tell where it ends may stand anywhere, also there again. */
  private static byte[] withoutEnd(byte[] event) {
    ByteBuffer changed = ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN);
    changed.putInt(END_AT, 0);
    CRC32 checksum = new CRC32();
    checksum.update(event, 0, event.length - CHECKSUM);
    changed.putInt(event.length - CHECKSUM, (int) checksum.getValue());
    return event;
  }

  double transactionsPerRow() {
    return (double) transactions / ROWS;
  }

  /** The events one behind the other. */
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    events.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }
}
