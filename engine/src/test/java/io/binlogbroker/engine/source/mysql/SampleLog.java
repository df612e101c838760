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
 * The transactions of a benchmark workload, read from its sample binary log, ready to be sent
 * repeatedly.
 *
 * @param schema of the workload
 * @param head the file's FORMAT_DESCRIPTION
 * @param events complete, with headers and checksums; they change {@link #ROWS} rows
 * @param transactions number of transactions in the events
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

  /** QUERY and TABLE_MAP events contain names as plain text. */
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

  /**
   * Clears the end position of an event, so that it may be at any position of the log, repeatedly.
   */
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

  /** The events, concatenated. */
  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    events.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }
}
