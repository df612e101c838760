package io.binlogbroker.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.BinlogWriter.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionPayloadTest {
  private static final UUID SOURCE = UUID.fromString("3e11fa47-71ca-11e1-9e33-c80aa9429562");
  private static final long MAX_EVENT_SIZE = 1L << 30;

  private final BinlogWriter log = BinlogWriter.mysql().formatDescription();

  @ParameterizedTest
  @ValueSource(ints = {BinlogWriter.ZSTD, BinlogWriter.NONE})
  void eventsHaveThePositionOfThePayload(int compression) throws IOException {
    log.gtid(SOURCE, 1);
    long start = log.position();
    log.payload(transaction(), compression);
    long end = log.position();
    EventReader reader = reader();
    assertThat(next(reader).type()).isEqualTo(EventType.FORMAT_DESCRIPTION);
    assertThat(next(reader).type()).isEqualTo(EventType.GTID);

    for (EventType type :
        new EventType[] {
          EventType.QUERY, EventType.TABLE_MAP, EventType.WRITE_ROWS_V2, EventType.XID
        }) {
      assertThat(reader.ready()).isTrue();
      BinlogEvent event = next(reader);
      assertThat(event.type()).isEqualTo(type);
      assertThat(event.start()).isEqualTo(start);
      assertThat(event.end()).isEqualTo(end);
      assertThat(reader.inPayload()).isTrue();
    }

    assertThat(reader.position()).isEqualTo(end);
    assertThat(reader.next()).isNull();
  }

  @Test
  void readerIsNotReadyAfterTheLastEventOfAPayload() throws IOException {
    log.payload(BinlogWriter.inPayload().begin().xid(1), BinlogWriter.ZSTD);
    EventReader reader = reader();
    next(reader);
    next(reader);

    assertThat(reader.ready()).isTrue();
    next(reader);
    assertThat(reader.ready()).isFalse();
  }

  @Test
  void oneDecompressorReadsManyPayloads() throws IOException {
    for (int i = 0; i < 1000; i++) {
      log.payload(transaction(), i % 7 == 0 ? BinlogWriter.NONE : BinlogWriter.ZSTD).xid(i);
    }
    EventReader reader = reader();
    next(reader);

    for (int i = 0; i < 1000; i++) {
      for (int j = 0; j < 4; j++) {
        next(reader);
      }
      assertThat(next(reader).body().i64()).isEqualTo(i);
      assertThat(reader.inPayload()).isFalse();
    }

    assertThat(reader.position()).isEqualTo(log.position());
  }

  @Test
  void largePayloadIsReadThroughASmallBuffer() throws IOException {
    int count = 25_000;
    byte[] rows = BinlogWriter.inPayload().event(EventType.WRITE_ROWS_V2, new byte[8000]).last();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(packed)) {
      for (int i = 0; i < count; i++) {
        zstd.write(rows);
      }
    }
    log.payload(packed.toByteArray(), BinlogWriter.ZSTD, packed.size(), 1L * count * rows.length);

    try (TransactionPayload payload = new TransactionPayload(MAX_EVENT_SIZE)) {
      payload.open(body(log.last()));
      ByteReader event = new ByteReader();
      int seen = 0;
      while (payload.hasNext()) {
        payload.next(event);
        assertThat(event.remaining()).isEqualTo(rows.length);
        seen++;
      }

      assertThat(seen).isEqualTo(count);
      assertThat(payload.bufferLength()).isLessThan(1 << 20);
    }
  }

  @Test
  void eventLargerThanTheBufferIsReadCompletely() throws IOException {
    byte[] large = new byte[3_000_000];
    Arrays.fill(large, (byte) 7);
    large[large.length - 1] = 9;
    log.payload(
        BinlogWriter.inPayload().begin().event(EventType.WRITE_ROWS_V2, large).xid(1),
        BinlogWriter.ZSTD);
    EventReader reader = reader();
    next(reader);
    next(reader);

    assertThat(next(reader).body().bytes(large.length)).isEqualTo(large);
    assertThat(next(reader).type()).isEqualTo(EventType.XID);
  }

  @Test
  void innerEventOfTwoGibibytesIsRejected() {
    BinlogWriter inner = transaction();
    byte[] first = inner.events().get(0);
    first[12] = (byte) 0x80;
    log.payload(inner, BinlogWriter.ZSTD);

    assertMalformed("bytes; 19 to 1073741824 are allowed (MaxEventSize)");
  }

  @Test
  void declaredLengthDoesNotGrowTheBuffer() throws IOException {
    BinlogWriter inner = transaction();
    inner.events().get(0)[12] = 0x30;
    log.payload(inner, BinlogWriter.ZSTD);

    try (TransactionPayload payload = new TransactionPayload(MAX_EVENT_SIZE)) {
      payload.open(body(log.last()));

      assertThatExceptionOfType(MalformedBytesException.class)
          .isThrownBy(() -> payload.next(new ByteReader()))
          .withMessageContaining("TRANSACTION_PAYLOAD ends after");
      assertThat(payload.bufferLength()).isLessThan(1 << 20);
    }
  }

  @Test
  void truncatedStreamIsRejected() {
    byte[] packed = Zstd.compress(transaction().joined());
    log.payload(Arrays.copyOf(packed, packed.length - 3), 0, packed.length - 3, -1);

    assertMalformed("TRANSACTION_PAYLOAD cannot be decompressed");
  }

  @Test
  void corruptBytesAreRejected() {
    byte[] packed = Zstd.compress(transaction().joined());
    packed[0] ^= 1;
    log.payload(packed, 0, packed.length, -1);

    assertMalformed("TRANSACTION_PAYLOAD cannot be decompressed");
  }

  @Test
  void payloadWithAWrongSizeIsRejected() {
    byte[] packed = Zstd.compress(transaction().joined());
    log.payload(packed, 0, packed.length + 1, -1);

    assertMalformed("but " + packed.length + " follow");
  }

  @Test
  void payloadWithAWrongUncompressedSizeIsRejectedBeforeItsCommit() throws IOException {
    byte[] unpacked = transaction().joined();
    byte[] packed = Zstd.compress(unpacked);
    log.payload(packed, 0, packed.length, unpacked.length + 1);

    assertMalformed("declares an uncompressed size of " + (unpacked.length + 1) + " bytes");
  }

  @Test
  void unknownCompressionTypeIsRejected() {
    log.payload(new byte[] {1}, 3, 1, 1);

    assertMalformed("has the unknown compression type 3");
  }

  @Test
  void emptyPayloadIsRejected() {
    log.payload(BinlogWriter.inPayload(), BinlogWriter.ZSTD);

    assertMalformed("contains no event");
  }

  @Test
  void nestedPayloadIsRejected() {
    log.payload(
        BinlogWriter.inPayload().payload(transaction(), BinlogWriter.ZSTD), BinlogWriter.ZSTD);

    assertMalformed("A TRANSACTION_PAYLOAD event cannot be part of a TRANSACTION_PAYLOAD");
  }

  @Test
  void errorInAPayloadNamesThePositionOfThePayload() {
    long start = log.position();
    log.payload(new byte[] {1, 2, 3}, BinlogWriter.NONE, 3, 3);

    assertMalformed("ends after 3 bytes of an event header, at log.000001:" + start);
  }

  @Test
  void closingWithinAPayloadFreesIt() throws IOException {
    log.payload(transaction(), BinlogWriter.ZSTD);
    EventReader reader = reader();
    next(reader);
    next(reader);

    reader.close();

    assertThat(reader.ready()).isFalse();
  }

  private static BinlogWriter transaction() {
    return BinlogWriter.inPayload()
        .begin()
        .tableMap(9, "mall", "goods")
        .insert(9, new Row(1, "one"), new Row(2, "two"))
        .xid(1);
  }

  private EventReader reader() {
    return new EventReader(log.feed(), true, "log.000001", MAX_EVENT_SIZE);
  }

  private static ByteReader body(byte[] event) {
    ByteReader body = new ByteReader(event);
    body.skip(BinlogEvent.HEADER_LENGTH);
    body.dropLast(EventChecksum.LENGTH);
    return body;
  }

  private static BinlogEvent next(EventReader reader) throws IOException {
    return Objects.requireNonNull(reader.next());
  }

  /** The failure must be detected before the commit of the payload's transaction is returned. */
  private void assertMalformed(String message) {
    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(
            () -> {
              EventReader reader = reader();
              while (next(reader).type() != EventType.XID) {
                // reads on
              }
            })
        .withMessageContaining(message);
  }
}
