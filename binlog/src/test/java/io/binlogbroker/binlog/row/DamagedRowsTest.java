package io.binlogbroker.binlog.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.EventType;
import io.binlogbroker.binlog.event.ServerVersion;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.row.column.TextFaults;
import io.binlogbroker.binlog.row.column.WireType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mutates the events of real servers: they are decoded, or rejected with a declared exception, in
 * bounded time.
 */
class DamagedRowsTest {
  private static final int LARGEST = 64 * 1024;
  private static final int ROUNDS = 12_000;

  private int read;
  private int rejected;

  /** A rows event with its table, as bytes. */
  private record Sample(
      byte[] map, byte[] rows, EventType type, ServerVersion server, SchemaSource schema) {}

  @ParameterizedTest
  @ValueSource(strings = {"my80p", "ma114"})
  void changedBytesAreDecodedOrRejected(String capture) {
    Random random = new Random(20261122);
    List<Sample> samples = samples(capture);

    for (int i = 0; i < ROUNDS; i++) {
      Sample sample = samples.get(random.nextInt(samples.size()));
      boolean inMap = random.nextInt(4) == 0;
      byte[] map = inMap ? mutated(sample.map, random) : sample.map;
      byte[] rows = inMap ? sample.rows : mutated(sample.rows, random);
      readAll(sample, map, rows);
    }

    assertThat(read).isGreaterThan(ROUNDS / 10);
    assertThat(rejected).isGreaterThan(ROUNDS / 10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"my80p", "ma114"})
  void truncatedEventsAreDecodedOrRejected(String capture) {
    for (Sample sample : samples(capture)) {
      int step = Math.max(1, sample.rows.length / 100);
      for (int length = 0; length < sample.rows.length; length += step) {
        readAll(sample, sample.map, Arrays.copyOf(sample.rows, length));
      }
    }

    assertThat(rejected).isGreaterThan(1000);
  }

  @Test
  void skippedRowsAreNotDecoded() {
    TableMap map =
        new TableMaps()
            .read(
                new TableBytes().column(WireType.LONG, "").bytes().reader(),
                ServerVersion.parse("8.0.33"));

    BinlogRows rows = RowsBytes.insert(map, 1, "DEADBEEF");

    assertThat(rows.table()).hasToString("mall_db.goods");
    assertThat(rows.index()).isEqualTo(-1);
    assertThatThrownBy(rows::next).isInstanceOf(SchemaException.class);
  }

  @Test
  void hugeColumnCountAllocatesNoMemory() {
    byte[] body = new byte[40];
    body[8] = 1;
    body[11] = 1;
    body[14] = (byte) 0xFE;
    Arrays.fill(body, 15, 22, (byte) 0x7F);

    assertThatThrownBy(
            () -> new TableMaps().read(new ByteReader(body), ServerVersion.parse("8.0.33")))
        .isInstanceOf(MalformedBytesException.class)
        .hasMessageContaining("Expected a length of at most");
  }

  private static List<Sample> samples(String capture) {
    ExpectedTables schema = ExpectedTables.of(capture);
    List<Sample> samples = new ArrayList<>();
    Capture.named(capture)
        .forEach(
            (event, table) -> {
              ByteReader body = event.body();
              if (body.remaining() <= LARGEST) {
                samples.add(
                    new Sample(
                        Capture.bodyOf(table),
                        body.bytes(body.remaining()),
                        event.type(),
                        table.server(),
                        schema));
              }
            });
    return samples;
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] copy = Arrays.copyOf(bytes, bytes.length - (random.nextInt(8) == 0 ? 1 : 0));
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(copy.length);
      copy[at] =
          random.nextBoolean()
              ? (byte) random.nextInt(256)
              : (byte) (copy[at] ^ 1 << random.nextInt(8));
    }
    return copy;
  }

  private void readAll(Sample sample, byte[] map, byte[] body) {
    long start = System.nanoTime();
    try {
      TableMap table = new TableMaps().read(new ByteReader(map), sample.server);
      BinlogRows rows = new BinlogRows(sample.schema, TextFaults.IGNORED, 16 << 20);
      rows.open(new ByteReader(body), sample.type, table);
      ServerTextSink sink = new ServerTextSink();
      while (rows.next()) {
        if (rows.action() != Rows.Action.INSERT) {
          rows.before().cells(sink);
          sink.take();
        }
        if (rows.action() != Rows.Action.DELETE) {
          rows.after().cells(sink);
          sink.take();
        }
      }
      read++;
    } catch (MalformedBytesException | SchemaException e) {
      assertThat(e.getMessage()).isNotBlank();
      rejected++;
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }
}
