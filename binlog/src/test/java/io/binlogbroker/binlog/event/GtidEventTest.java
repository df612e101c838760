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
import org.junit.jupiter.params.provider.ValueSource;

class GtidEventTest {
  private static final String UUID_HEX = "3e11fa4771ca11e19e33c80aa9429562";
  private static final String CLOCK = "02" + "0000000000000000" + "0100000000000000";

  @Test
  void aGtidOfMysql80HasItsCommitTime() {
    GtidEvent gtid =
        read("01" + UUID_HEX + "0100000000000000" + CLOCK + "b05f717fd96006" + "b0" + "8f380100");

    assertThat(gtid.text()).isEqualTo("3e11fa47-71ca-11e1-9e33-c80aa9429562:1");
    assertThat(gtid.source()).isEqualTo(UUID.fromString("3e11fa47-71ca-11e1-9e33-c80aa9429562"));
    assertThat(gtid.committedMicros()).isEqualTo(0x0660d97f715fb0L);
  }

  @Test
  void theMarkThatTheOriginalsTimeFollowsIsNoPartOfTheTime() {
    GtidEvent gtid =
        read("01" + UUID_HEX + "0100000000000000" + CLOCK + "b05f717fd96086" + "01000000000000b0");

    assertThat(gtid.committedMicros()).isEqualTo(0x0660d97f715fb0L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", CLOCK})
  void olderServersGiveNoTime(String rest) {
    GtidEvent gtid = read("00" + UUID_HEX + "ffffffff00000000" + rest);

    assertThat(gtid.number()).isEqualTo(0xFFFFFFFFL);
    assertThat(gtid.committedMicros()).isZero();
  }

  @Test
  void anAnonymousOneHasNoText() {
    BinlogWriter log = BinlogWriter.mysql().anonymousGtid();

    GtidEvent gtid = GtidEvent.read(body(log), true);

    assertThat(gtid.source()).isNull();
    assertThat(gtid.text()).isNull();
    assertThat(gtid.committedMicros()).isEqualTo(1_700_000_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000000000000000", "ffffffffffffff7f", "ffffffffffffffff"})
  void aNumberThatNoServerGivesIsRefused(String number) {
    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(() -> read("00" + UUID_HEX + number))
        .withMessageContaining("Expected a GTID event's number");
  }

  @Test
  void aMariadbGtidIsReadWithItsFlags() {
    BinlogWriter log = BinlogWriter.mariadb().mariadbGtid(7, 100, 0x29);

    MariadbGtidEvent gtid = MariadbGtidEvent.read(body(log), 3);

    assertThat(gtid).isEqualTo(new MariadbGtidEvent(7, 3, 100, true, false));
    assertThat(gtid.text()).isEqualTo("7-3-100");
  }

  @Test
  void aMariadbGtidOfAPreparedTransactionIsTold() {
    BinlogWriter log = BinlogWriter.mariadb().mariadbGtid(0, -1, 0x4c);

    MariadbGtidEvent gtid = MariadbGtidEvent.read(body(log), 1);

    assertThat(gtid.preparedXa()).isTrue();
    assertThat(gtid.standalone()).isFalse();
    assertThat(gtid.text()).isEqualTo("0-1-18446744073709551615");
  }

  @Test
  void truncatedOnesAreRefused() {
    byte[] mysql = HexFormat.of().parseHex("00" + UUID_HEX + "0100000000000000");
    byte[] mariadb = HexFormat.of().parseHex("4100000000000000" + "00000000" + "29");

    for (int length = 0; length < mysql.length; length++) {
      ByteReader cut = new ByteReader(Arrays.copyOf(mysql, length));
      assertThatExceptionOfType(MalformedBytesException.class)
          .isThrownBy(() -> GtidEvent.read(cut, false));
    }
    for (int length = 0; length < mariadb.length; length++) {
      ByteReader cut = new ByteReader(Arrays.copyOf(mariadb, length));
      assertThatExceptionOfType(MalformedBytesException.class)
          .isThrownBy(() -> MariadbGtidEvent.read(cut, 1));
    }
  }

  private static GtidEvent read(String hex) {
    return GtidEvent.read(new ByteReader(HexFormat.of().parseHex(hex)), false);
  }

  private static ByteReader body(BinlogWriter log) {
    ByteReader body = new ByteReader(log.last());
    body.skip(BinlogEvent.HEADER_LENGTH);
    body.dropLast(EventChecksum.LENGTH);
    return body;
  }
}
