package io.binlogbroker.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GtidEventTest {
  private static final String UUID_HEX = "3e11fa4771ca11e19e33c80aa9429562";

  /** The body of an event of MySQL 9.6.0, without its UUID. */
  private static final String TAGGED =
      "026a00"
          + "0002"
          + "02a902b9034a02040608"
          + "0a0c0e10121416181a"
          + "040c"
          + "060a6d79746167"
          + "0800"
          + "0a04"
          + "0c7f1cf3b814244a06"
          + "10a104"
          + "12430f0b";

  private static final String CLOCK = "02" + "0000000000000000" + "0100000000000000";

  @Test
  void gtidOfMysql80HasACommitTime() {
    GtidEvent gtid =
        read("01" + UUID_HEX + "0100000000000000" + CLOCK + "b05f717fd96006" + "b0" + "8f380100");

    assertThat(gtid.text()).isEqualTo("3e11fa47-71ca-11e1-9e33-c80aa9429562:1");
    assertThat(gtid.source()).isEqualTo(UUID.fromString("3e11fa47-71ca-11e1-9e33-c80aa9429562"));
    assertThat(gtid.committedMicros()).isEqualTo(0x0660d97f715fb0L);
  }

  @Test
  void flagOfTheOriginalTimestampIsNotPartOfTheTime() {
    GtidEvent gtid =
        read("01" + UUID_HEX + "0100000000000000" + CLOCK + "b05f717fd96086" + "01000000000000b0");

    assertThat(gtid.committedMicros()).isEqualTo(0x0660d97f715fb0L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", CLOCK})
  void olderServersSendNoCommitTime(String rest) {
    GtidEvent gtid = read("00" + UUID_HEX + "ffffffff00000000" + rest);

    assertThat(gtid.number()).isEqualTo(0xFFFFFFFFL);
    assertThat(gtid.committedMicros()).isZero();
  }

  @Test
  void anonymousGtidHasNoText() {
    BinlogWriter log = BinlogWriter.mysql().anonymousGtid();

    GtidEvent gtid = GtidEvent.read(body(log), EventType.ANONYMOUS_GTID);

    assertThat(gtid.source()).isNull();
    assertThat(gtid.text()).isNull();
    assertThat(gtid.committedMicros()).isEqualTo(1_700_000_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000000000000000", "ffffffffffffff7f", "ffffffffffffffff"})
  void numberOutOfRangeIsRejected(String number) {
    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(() -> read("00" + UUID_HEX + number))
        .withMessageContaining("Expected a GTID event's number");
  }

  @Test
  void mariadbGtidIsReadWithItsFlags() {
    BinlogWriter log = BinlogWriter.mariadb().mariadbGtid(7, 100, 0x29);

    MariadbGtidEvent gtid = MariadbGtidEvent.read(body(log), 3);

    assertThat(gtid).isEqualTo(new MariadbGtidEvent(7, 3, 100, true, false, false, false));
    assertThat(gtid.text()).isEqualTo("7-3-100");
  }

  @Test
  void mariadbGtidMarksAPreparedTransaction() {
    BinlogWriter log = BinlogWriter.mariadb().mariadbGtid(0, -1, 0x4c);

    MariadbGtidEvent gtid = MariadbGtidEvent.read(body(log), 1);

    assertThat(gtid.preparedXa()).isTrue();
    assertThat(gtid.standalone()).isFalse();
    assertThat(gtid.text()).isEqualTo("0-1-18446744073709551615");
  }

  @ParameterizedTest
  @CsvSource({
    "29, 00, false",
    "29, 02, true",
    "29, 04, false",
    "29, 08, true",
    "2b, 08, true",
    "29, '', false"
  })
  void mariadbGtidMarksAnAlterWithoutEffect(String flags, String more, boolean undone) {
    String commitId = flags.equals("2b") ? "1122334455667788" : "";
    byte[] body =
        HexFormat.of().parseHex("6400000000000000" + "07000000" + flags + commitId + more);

    MariadbGtidEvent gtid = MariadbGtidEvent.read(new ByteReader(body), 3);

    assertThat(gtid.alterUndone()).isEqualTo(undone);
  }

  @Test
  void taggedGtidOfMysql96IsRead() {
    GtidEvent gtid = readTagged(TAGGED);

    assertThat(gtid.text()).isEqualTo("aaee2501-0203-0405-0607-08090a0b0c0d:mytag:3");
    assertThat(gtid.committedMicros()).isEqualTo(0x064a2414b8f31cL);
  }

  @Test
  void taggedGtidOfTheTestWriterIsRead() {
    UUID source = UUID.fromString("3e11fa47-71ca-11e1-9e33-c80aa9429562");
    byte[] body = TaggedGtidBody.of(source, "t_1", Long.MAX_VALUE - 1, 1_700_000_000_000_000L);
    BinlogWriter log = BinlogWriter.of("9.6.0").event(EventType.GTID_TAGGED, body);

    GtidEvent gtid = GtidEvent.read(body(log), EventType.GTID_TAGGED);

    assertThat(gtid)
        .isEqualTo(new GtidEvent(source, "t_1", Long.MAX_VALUE - 1, 1_700_000_000_000_000L));
  }

  @Test
  void unknownFieldIsSkippedIfItIsIgnorable() {
    String later = TAGGED.replace("026a00", "027800") + "18" + "ffffffffffff";

    assertThat(readTagged(later).number()).isEqualTo(3);
    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(() -> readTagged(later.replace("027800", "027818")))
        .withMessageContaining("the field 12, which is unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "026a00, 046a00, Expected version 1",
    "026a00, 02fd7a00, Expected a length of at most",
    "040c, 0400, Expected a GTID event's number",
    "040c, 040b, Expected a GTID event's number",
    "060a6d79, 060a2d79, Expected a GTID tag",
    "060a6d79, 06a16d79, Expected a length of at most 32",
    "02a902b9, 02a906b9, Expected a byte of a UUID",
  })
  void malformedTaggedGtidIsRejected(String from, String to, String message) {
    assertThat(TAGGED).contains(from);
    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(() -> readTagged(TAGGED.replace(from, to)))
        .withMessageContaining(message);
  }

  private static GtidEvent readTagged(String hex) {
    return GtidEvent.read(new ByteReader(HexFormat.of().parseHex(hex)), EventType.GTID_TAGGED);
  }

  @Test
  void truncatedEventsAreRejected() {
    byte[] mysql = HexFormat.of().parseHex("00" + UUID_HEX + "0100000000000000");
    byte[] mariadb = HexFormat.of().parseHex("4100000000000000" + "00000000" + "29");

    for (int length = 0; length < mysql.length; length++) {
      ByteReader truncated = new ByteReader(Arrays.copyOf(mysql, length));
      assertThatExceptionOfType(MalformedBytesException.class)
          .isThrownBy(() -> GtidEvent.read(truncated, EventType.GTID));
    }
    for (int length = 0; length < mariadb.length; length++) {
      ByteReader truncated = new ByteReader(Arrays.copyOf(mariadb, length));
      assertThatExceptionOfType(MalformedBytesException.class)
          .isThrownBy(() -> MariadbGtidEvent.read(truncated, 1));
    }
  }

  private static GtidEvent read(String hex) {
    return GtidEvent.read(new ByteReader(HexFormat.of().parseHex(hex)), EventType.GTID);
  }

  private static ByteReader body(BinlogWriter log) {
    ByteReader body = new ByteReader(log.last());
    body.skip(BinlogEvent.HEADER_LENGTH);
    body.dropLast(EventChecksum.LENGTH);
    return body;
  }
}
