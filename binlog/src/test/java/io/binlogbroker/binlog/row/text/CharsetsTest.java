package io.binlogbroker.binlog.row.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.bytes.Bytes;
import io.binlogbroker.binlog.row.column.SchemaException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharsetsTest {
  private static String decode(String charset, String hex) {
    return MysqlCharset.ofName(charset).decode(new Bytes().hex(hex).array());
  }

  @ParameterizedTest
  @CsvSource({
    "latin1, 80e98d81, \u20AC\u00E9\u008D\u0081",
    "swe7, 405b5c5d5e607b7c7d7e, \u00C9\u00C4\u00D6\u00C5\u00DC\u00E9\u00E4\u00F6\u00E5\u00FC",
    "gbk, 61d6d0a892, a\u4E2D\u2295",
    "gb18030, d6d09439fc3682359037, \u4E2D\uD83D\uDE00\u9FB4",
    "big5, a4a4f9d6, \u4E2D\u7881",
    "sjis, 93fab1815f, \u65E5\uFF71\\",
    "cp932, 8740815f, \u2460\uFF3C",
    "ujis, c6fc8eb18fb0a1a1c0, \u65E5\uFF71\u4E02\\",
    "eucjpms, ada1a1c1, \u2460\uFF5E",
    "euckr, c7d18141, \uD55C\uAC02",
    "ucs2, 4e2d0061, \u4E2Da",
    "utf16, d83dde000061, \uD83D\uDE00a",
    "utf16le, 3dd800de6100, \uD83D\uDE00a",
    "utf32, 0001f60000000061, \uD83D\uDE00a",
    "geostd8, c0, \u10D0",
    "armscii8, b2, \u0531",
    "keybcs2, 80, \u010C",
    "hp8, e0, \u00C1",
    "dec8, d7, \u0152",
    "macce, 81, \u0100",
    "koi8u, a4, \u0454",
    "utf8mb4, f09f9880, \uD83D\uDE00"
  })
  void charactersMatchTheServers(String charset, String hex, String text) {
    assertThat(decode(charset, hex)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "utf8mb4, 61eda08062, a\uFFFD\uFFFD\uFFFDb",
    "ascii, 61e962, a\uFFFDb",
    "gbk, 61ff62, a\uFFFDb",
    "gbk, d6, \uFFFD",
    "gbk, ff81, \uFFFD\uFFFD",
    "gb2312, f8a1, \uFFFD\uFFFD",
    "ujis, 8f61, \uFFFDa",
    "sjis, 8130, \uFFFD0",
    "ujis, 8fb061, \uFFFD\uFFFDa",
    "gb18030, 813081, \uFFFD0\uFFFD",
    "ucs2, d83dde00, \uFFFD\uFFFD",
    "utf16, d83d0061, \uFFFDa",
    "utf16, dc, \uFFFD",
    "utf32, 00110000, \uFFFD",
    "swe7, ff, \uFFFD"
  })
  void malformedPartsAreReplacedAndOthersKept(String charset, String hex, String text) {
    assertThat(decode(charset, hex)).isEqualTo(text);
  }

  /** Otherwise its second byte would be read as a single-byte character. */
  @ParameterizedTest
  @CsvSource({
    "euckr, c84162, \uFFFDb",
    "big5, c87e62, \uFFFDb",
    "sjis, ed4062, \uFFFDb",
    "cp932, eb4062, \uFFFDb",
    "gbk, aaa1a2e362, \uE000\u20ACb",
    "euckr, c9a162, \uE000b",
    "big5, a15aa1fea240a2cca2ce62, \uFF3F\u2571\u2572\u5341\u5345b",
    "gb2312, a2a162, \uFFFDb",
    "ujis, a9a162, \uFFFDb",
    "eucjpms, 8fa1a162, \uFFFDb",
    "gb18030, 8431a53062, \uFFFDb"
  })
  void codeWithoutCharacterIsReplacedAsAWhole(String charset, String hex, String text) {
    assertThat(decode(charset, hex)).isEqualTo(text);
  }

  @Test
  void invalidUtf8IsReplacedAsInJava() {
    Random random = new Random(7);
    byte[] alphabet = {'a', (byte) 0x80, (byte) 0xBF, (byte) 0xC3, (byte) 0xE0, (byte) 0xEE};
    byte[] more = {(byte) 0xF0, (byte) 0xF4, (byte) 0xFF, (byte) 0x9F, (byte) 0xA0, (byte) 0xEF};
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] = (random.nextBoolean() ? alphabet : more)[random.nextInt(6)];
      }
      String java = new String(bytes, StandardCharsets.UTF_8);

      assertThat(MysqlCharset.ofName("utf8mb4").decode(bytes)).isEqualTo(java);
      assertThat(Utf8Text.validEnd(bytes, 0, bytes.length) == bytes.length)
          .isEqualTo(Arrays.equals(java.getBytes(StandardCharsets.UTF_8), bytes));
    }
  }

  /**
   * Checksums of all codes of one, two and three or four bytes, recorded when they matched CONVERT
   * on all servers: another Java version must not change them.
   */
  @ParameterizedTest
  @CsvSource({
    "big5, 6952ba37",
    "cp932, b1388878",
    "eucjpms, 88a67549",
    "euckr, 91afc16d",
    "gb18030, a41797c6",
    "gb2312, 53c49854",
    "gbk, e2475d38",
    "sjis, 87f41b24",
    "ujis, 365999f5"
  })
  void tablesMatchTheServer(String charset, String checksum) {
    TextDecoder decoder = MysqlCharset.ofName(charset).decoder();
    CRC32 crc = new CRC32();
    Utf8Buffer out = new Utf8Buffer();
    for (int code = 0; code < 0x10000; code++) {
      byte[] two = {(byte) (code >> 8), (byte) code};
      byte[] three = {(byte) 0x8F, (byte) (code >> 8), (byte) code};
      byte[] four = {
        (byte) (0x81 + code / 12600),
        (byte) (0x30 + code / 1260 % 10),
        (byte) (0x81 + code / 10 % 126),
        (byte) (0x30 + code % 10)
      };
      out.clear();
      decoder.decode(two, 0, 2, out);
      decoder.decode(three, 0, 3, out);
      decoder.decode(four, 0, 4, out);
      crc.update(out.array(), 0, out.length());
    }

    assertThat(Long.toHexString(crc.getValue())).isEqualTo(checksum);
  }

  @ParameterizedTest
  @CsvSource({
    "8, latin1",
    "28, gbk",
    "33, utf8mb3",
    "45, utf8mb4",
    "63, binary",
    "83, utf8mb3",
    "255, utf8mb4",
    "323, utf8mb4",
    "608, utf8mb4",
    "1032, latin1",
    "2304, utf8mb4",
    "3271, utf32",
    "248, gb18030"
  })
  void collationsOfBothServersAreKnown(int id, String charset) {
    assertThat(MysqlCharset.ofCollation(id).name()).isEqualTo(charset);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 400, 9999})
  void unknownCollationIsRejected(int id) {
    assertThatThrownBy(() -> MysqlCharset.ofCollation(id))
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith("Collation " + id + " is unknown");
  }

  @Test
  void utf8IsAnAliasOfUtf8mb3() {
    assertThat(MysqlCharset.ofName("utf8")).isSameAs(MysqlCharset.ofName("utf8mb3"));
  }
}
