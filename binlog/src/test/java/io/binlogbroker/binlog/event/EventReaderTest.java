package io.binlogbroker.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.event.BinlogWriter.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
  private static final UUID SOURCE = UUID.fromString("3e11fa47-71ca-11e1-9e33-c80aa9429562");
  private static final long GIB = 1L << 30;

  @Test
  void transactionIsReadEventByEventWithPositions() throws IOException {
    BinlogWriter log =
        BinlogWriter.mysql()
            .artificialRotate("mysql-bin.000007", 4)
            .formatDescription()
            .gtid(SOURCE, 5)
            .begin()
            .tableMap(9, "mall", "goods")
            .insert(9, new Row(1, "one"))
            .xid(17);

    EventReader reader = reader(log);

    assertThat(types(reader))
        .containsExactly(
            "ROTATE", "FORMAT_DESCRIPTION", "GTID", "QUERY", "TABLE_MAP", "WRITE_ROWS_V2", "XID");
    assertThat(reader.file()).isEqualTo("mysql-bin.000007");
    assertThat(reader.position()).isEqualTo(log.position());
    assertThat(reader.format().server()).hasToString("MySQL 8.0.33");
  }

  @Test
  void eventStartsWhereThePreviousOneEnded() throws IOException {
    EventReader reader =
        reader(BinlogWriter.mysql().formatDescription().gtid(SOURCE, 1).begin().xid(1));
    long end = 4;

    for (int i = 0; i < 4; i++) {
      BinlogEvent event = next(reader);
      assertThat(event.start()).isEqualTo(end);
      assertThat(event.end()).isEqualTo(end + event.length());
      end = event.end();
    }

    assertThat(reader.next()).isNull();
  }

  @Test
  void headerFieldsAreRead() throws IOException {
    EventReader reader =
        reader(
            BinlogWriter.mysql()
                .formatDescription()
                .timestamp(1_800_000_000)
                .serverId(0xFFFFFFFEL)
                .unknown(200, true));
    next(reader);

    BinlogEvent event = next(reader);

    assertThat(event.timestamp()).isEqualTo(1_800_000_000);
    assertThat(event.serverId()).isEqualTo(0xFFFFFFFEL);
    assertThat(event.typeNumber()).isEqualTo(200);
    assertThat(event.type()).isNull();
    assertThat(event.isIgnorable()).isTrue();
    assertThat(event.isArtificial()).isFalse();
    assertThat(event.body().remaining()).isEqualTo(3);
  }

  @Test
  void unknownEventWithoutTheFlagIsNotIgnorable() throws IOException {
    EventReader reader = reader(BinlogWriter.mysql().formatDescription().unknown(200, false));
    next(reader);

    assertThat(next(reader).isIgnorable()).isFalse();
  }

  @Test
  void positionsContinueBeyondFourGibibytes() throws IOException {
    BinlogWriter log =
        BinlogWriter.mysql()
            .artificialRotate("log.000001", 4 * GIB - 60)
            .formatDescriptionAgain()
            .begin()
            .tableMap(9, "mall", "goods")
            .xid(1);

    EventReader reader = readAll(log);

    assertThat(reader.position()).isEqualTo(log.position()).isGreaterThan(4 * GIB);
  }

  @Test
  void positionsWrapRepeatedly() throws IOException {
    BinlogWriter log = BinlogWriter.mysql().formatDescription();
    for (long position = 3 * GIB; position < 20 * GIB; position += 3 * GIB) {
      log.at(position).xid(1);
    }

    EventReader reader = readAll(log);

    assertThat(reader.position()).isEqualTo(log.position()).isGreaterThan(18 * GIB);
  }

  @Test
  void anEventThatEndsAtAMultipleOfFourGibibytesIsPlacedLikeOneWithoutPosition()
      throws IOException {
    BinlogWriter log = BinlogWriter.mysql();
    log.artificialRotate("log.000001", 4 * GIB - 31).formatDescriptionAgain().xid(1).xid(2);

    EventReader reader = reader(log);
    next(reader);
    next(reader);

    assertThat(next(reader).end()).isEqualTo(4 * GIB);
    assertThat(next(reader).end()).isEqualTo(4 * GIB + 31);
  }

  @Test
  void eventsWithoutPositionGetItFromTheirLength() throws IOException {
    BinlogWriter log =
        BinlogWriter.mariadb()
            .artificialRotate("log.000001", 4 * GIB - 100)
            .formatDescriptionAgain()
            .mariadbGtid(0, 1, 0)
            .zeroLogPositions(true)
            .tableMap(9, "mall", "goods")
            .insert(9, new Row(1, "one"), new Row(2, "two"))
            .zeroLogPositions(false)
            .xid(1);

    EventReader reader = reader(log);
    List<Long> starts = new ArrayList<>();
    for (BinlogEvent event = reader.next(); event != null; event = reader.next()) {
      starts.add(event.start());
    }

    assertThat(starts).isSorted();
    assertThat(reader.position()).isEqualTo(log.position()).isGreaterThan(4 * GIB);
  }

  @Test
  void artificialEventsDoNotChangeThePosition() throws IOException {
    BinlogWriter log =
        BinlogWriter.mariadb()
            .artificialRotate("log.000003", 5000)
            .formatDescriptionAgain()
            .outsideFile(EventType.MARIADB_START_ENCRYPTION, 0, 0, new byte[17])
            .artificialGtidList(9999)
            .heartbeat("log.000003", 7777);

    EventReader reader = reader(log);
    next(reader);

    for (int i = 0; i < 4; i++) {
      BinlogEvent event = next(reader);
      assertThat(event.start()).isEqualTo(5000);
      assertThat(event.end()).isEqualTo(5000);
      assertThat(reader.position()).isEqualTo(5000);
    }
  }

  @Test
  void eventsSkippedForAReplicaWithGtidsAdvanceThePosition() throws IOException {
    BinlogWriter log =
        BinlogWriter.mysql()
            .artificialRotate("log.000003", 4)
            .formatDescription()
            .heartbeat("log.000003", 800_000)
            .at(900_000)
            .gtid(SOURCE, 7);

    EventReader reader = reader(log);
    next(reader);
    next(reader);
    next(reader);
    BinlogEvent gtid = next(reader);

    assertThat(gtid.start()).isEqualTo(900_000);
    assertThat(reader.position()).isEqualTo(log.position());
  }

  @Test
  void rotateIsInTheOldFileAndNamesTheNext() throws IOException {
    BinlogWriter log = BinlogWriter.mysql().formatDescription();
    long end = log.position();
    EventReader reader = reader(log.rotate("log.000002"));
    next(reader);

    BinlogEvent rotate = next(reader);

    assertThat(rotate.start()).isEqualTo(end);
    assertThat(rotate.body().remaining()).isEqualTo(8 + "log.000002".length());
    assertThat(reader.file()).isEqualTo("log.000002");
    assertThat(reader.position()).isEqualTo(4);
  }

  @Test
  void formatOfTheNextFileSwitchesChecksums() throws IOException {
    BinlogWriter log =
        BinlogWriter.mysql()
            .artificialRotate("log.000001", 4)
            .formatDescription()
            .xid(1)
            .rotate("log.000002")
            .artificialRotate("log.000002", 4)
            .checksums(false)
            .formatDescription()
            .xid(2)
            .rotate("log.000003")
            .artificialRotate("log.000003", 4)
            .checksums(true)
            .formatDescription()
            .xid(3);

    EventReader reader = reader(log);
    List<Integer> bodies = new ArrayList<>();
    for (BinlogEvent event = reader.next(); event != null; event = reader.next()) {
      if (event.type() == EventType.XID) {
        bodies.add(event.body().remaining());
      }
    }

    assertThat(bodies).containsExactly(8, 8, 8);
  }

  @Test
  void everyFlippedBitIsDetected() throws IOException {
    BinlogWriter log =
        BinlogWriter.mysql()
            .artificialRotate("log.000001", 4)
            .formatDescription()
            .gtid(SOURCE, 1)
            .begin()
            .tableMap(9, "mall", "goods")
            .insert(9, new Row(1, "one"))
            .xid(1);
    long unharmed = 0;

    for (byte[] event : log.events()) {
      for (int bit = 0; bit < event.length * 8; bit++) {
        event[bit / 8] ^= (byte) (1 << bit % 8);
        unharmed += isRejected(log) ? 0 : 1;
        event[bit / 8] ^= (byte) (1 << bit % 8);
      }
    }

    // Only the flag that servers change without updating the checksum.
    assertThat(unharmed).isEqualTo(1);
  }

  private static boolean isRejected(BinlogWriter log) throws IOException {
    try (EventReader reader = new EventReader(log.feed(), true, "log.000001", GIB)) {
      readAll(reader);
      return false;
    } catch (MalformedBytesException e) {
      assertThat(e.getMessage()).matches("(?s).*, at .*:\\d+");
      return true;
    }
  }

  @Test
  void errorNamesThePositionOfACorruptEvent() throws IOException {
    BinlogWriter log = BinlogWriter.mysql().formatDescription().xid(1);
    long start = log.position();
    log.xid(2).last()[20] ^= 1;
    EventReader reader = reader(log);
    next(reader);
    next(reader);

    assertMalformed(reader, "Checksum error", ", at log.000001:" + start);
  }

  @Test
  void formatDescriptionOfAnOpenFileIsAccepted() throws IOException {
    BinlogWriter log = BinlogWriter.mysql().formatDescription();
    log.last()[17] |= 1;

    EventReader reader = reader(log);

    assertThat(next(reader).type()).isEqualTo(EventType.FORMAT_DESCRIPTION);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 18, 19, 22, 30})
  void truncatedEventIsRejected(int length) throws IOException {
    BinlogWriter log = BinlogWriter.mysql().formatDescription().xid(1);
    byte[] xid = log.events().remove(1);
    log.events().add(Arrays.copyOf(xid, length));
    EventReader reader = reader(log);
    next(reader);

    assertMalformed(reader, "arrived", "got " + length);
  }

  @Test
  void wrongLengthInTheHeaderIsRejected() throws IOException {
    BinlogWriter log = BinlogWriter.mysql().formatDescription().xid(1);
    log.last()[9] += 1;
    BinlogWriter.sign(log.last());
    EventReader reader = reader(log);
    next(reader);

    assertMalformed(reader, "declares a length of 32 bytes but 31 arrived");
  }

  @Test
  void eventTooShortForItsChecksumIsRejected() throws IOException {
    BinlogWriter log = BinlogWriter.mysql().formatDescription();
    log.checksums(false).event(EventType.STOP, new byte[] {1});
    EventReader reader = reader(log);
    next(reader);

    assertMalformed(reader, "at least 23 bytes");
  }

  @Test
  void rowsBeforeTheFormatDescriptionAreRejected() {
    EventReader reader = reader(BinlogWriter.mysql().xid(1));

    assertMalformed(reader, "Expected a FORMAT_DESCRIPTION event before all others");
  }

  @Test
  void formatIsUnknownBeforeItIsRead() {
    EventReader reader = reader(BinlogWriter.mysql());

    assertThatIllegalStateException().isThrownBy(reader::format);
  }

  @Test
  void rotateWithoutFileNameIsRejected() {
    EventReader reader = reader(BinlogWriter.mysql().artificialRotate("log.000001", 3));

    assertMalformed(reader, "Expected a ROTATE to a file at offset 4 or higher");
  }

  @Test
  void readerIsReadyWhileTheFeedIs() throws IOException {
    EventReader reader = reader(BinlogWriter.mysql().formatDescription());

    assertThat(reader.ready()).isTrue();
    next(reader);
    assertThat(reader.ready()).isFalse();
  }

  private static EventReader reader(BinlogWriter log) {
    return new EventReader(log.feed(), true, "log.000001", GIB);
  }

  private static EventReader readAll(BinlogWriter log) throws IOException {
    EventReader reader = reader(log);
    readAll(reader);
    return reader;
  }

  private static void readAll(EventReader reader) throws IOException {
    BinlogEvent event = reader.next();
    while (event != null) {
      event = reader.next();
    }
  }

  private static BinlogEvent next(EventReader reader) throws IOException {
    return Objects.requireNonNull(reader.next());
  }

  private static List<String> types(EventReader reader) throws IOException {
    List<String> types = new ArrayList<>();
    for (BinlogEvent event = reader.next(); event != null; event = reader.next()) {
      types.add(String.valueOf(event.type()));
    }
    return types;
  }

  private static void assertMalformed(EventReader reader, String... parts) {
    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(reader::next)
        .satisfies(
            e -> assertThat(parts).anySatisfy(part -> assertThat(e.getMessage()).contains(part)));
  }
}
