package io.binlogbroker.broker.config.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.config.ConfigReader;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RulesDigestTest {
  private static final String GOODS =
      "{\"Table\":\"goods\",\"Mask\":{\"a\":\"last4\",\"b\":\"redact\"}}";

  @Test
  void dependsOnTheRulesAndNotOnTheirLayout() {
    String moved = "{\"Mask\":{ \"b\":\"redact\", \"a\":\"last4\"}, \"Table\":\"goods\"}";

    assertThat(digest("\"Heartbeat\":\"9s\",", moved)).isEqualTo(digest("", GOODS));
  }

  @Test
  void differsIfAnyPartDiffers() {
    assertThat(
            Stream.of(
                digest("", GOODS),
                digest("\"SyncAll\":true,", GOODS),
                digest("\"BlackList\":[\"a\"],", GOODS),
                digest("\"BlackList\":[\"a\",\"b\"],", GOODS),
                digest("\"BlackList\":[\"ab\"],", GOODS),
                digest("", "{\"Table\":\"goods\"}"),
                digest("", "{\"Table\":\"goods\",\"Topic\":\"x\"}"),
                digest("", "{\"Table\":\"goods\",\"Key\":\"x\"}"),
                digest("", "{\"Table\":\"goods\",\"Columns\":{\"include\":[\"x\"]}}"),
                digest("", "{\"Table\":\"goods\",\"Columns\":{\"exclude\":[\"x\"]}}"),
                digest("", "{\"Table\":\"goods\",\"Format\":\"msgpack\"}"),
                digest("", "{\"Table\":\"goods\"},{\"Table\":\"x\"}")))
        .doesNotHaveDuplicates();
  }

  private static String digest(String more, String tables) {
    String text =
        """
        {%s "MysqlConn":"u:p@tcp(db:3306)", "Sources":[{"Schema":"mall_db","Tables":[%s]}]}
        """
            .formatted(more, tables);
    return RulesDigest.of(new ConfigReader(Map.of()).readSource(text, "the test"));
  }
}
