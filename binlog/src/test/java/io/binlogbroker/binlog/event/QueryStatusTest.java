package io.binlogbroker.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.bytes.ByteReader;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryStatusTest {
  private static final String CP866 = "04 2400 2400 2d00";

  /**
   * MariaDB 11.4 writes such variables in statements that name a character set (observed with
   * 11.4.5).
   */
  @ParameterizedTest
  @CsvSource({
    "83 00",
    "83 02 2d00 0009 2400 4400",
    "80 010203",
    "81 d201000000000000",
  })
  void characterSetIsFoundAfterOtherVariablesOfMariadb(String before) {
    String hex = "00 00000000 01 0100000000000000 06 03 737464" + before + CP866;

    QueryStatus status =
        QueryStatus.read(new ByteReader(HexFormat.of().parseHex(hex.replace(" ", ""))));

    assertThat(status.clientCollation).isEqualTo(36);
    assertThat(status.serverCollation).isEqualTo(45);
  }
}
