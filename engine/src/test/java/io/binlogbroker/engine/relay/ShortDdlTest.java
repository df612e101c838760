package io.binlogbroker.engine.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShortDdlTest {
  @Test
  void valuesAreLeftOut() {
    assertThat(ShortDdl.of("ALTER TABLE t ADD c\n ENUM('it''s', \"b\\\"c\") COMMENT 'x'"))
        .isEqualTo("ALTER TABLE t ADD c ENUM('...', '...') COMMENT '...'");
  }

  @Test
  void aLongStatementIsCut() {
    assertThat(ShortDdl.of("DROP TABLE " + "t, ".repeat(1_000_000))).hasSizeLessThan(220);
  }

  @Test
  void aValueThatIsCutOffIsLeftOut() {
    assertThat(ShortDdl.of("CREATE TABLE t (c INT) COMMENT '" + "\\'x".repeat(1_000_000)))
        .isEqualTo("CREATE TABLE t (c INT) COMMENT '...'");
  }
}
