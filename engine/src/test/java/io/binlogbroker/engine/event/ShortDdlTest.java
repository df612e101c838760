package io.binlogbroker.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShortDdlTest {
  @Test
  void valuesAreLeftOut() {
    assertThat(ShortDdl.of("ALTER TABLE t ADD c\n ENUM('it''s', \"b\"\"c\") COMMENT 'x'"))
        .isEqualTo("ALTER TABLE t ADD c ENUM('...', '...') COMMENT '...'");
  }

  @Test
  void aLongStatementIsCut() {
    assertThat(ShortDdl.of("DROP TABLE " + "t, ".repeat(1_000_000))).hasSizeLessThan(220);
  }

  @Test
  void aValueThatIsCutOffIsLeftOut() {
    assertThat(ShortDdl.of("CREATE TABLE t (c INT) COMMENT '" + "x".repeat(1_000_000)))
        .isEqualTo("CREATE TABLE t (c INT) COMMENT '...' ...");
  }

  @Test
  void whereAnEndDependsOnTheSqlModeTheTextEnds() {
    assertThat(ShortDdl.of("ALTER TABLE t ADD c INT COMMENT 'a\\', ADD d INT COMMENT 'secret'"))
        .isEqualTo("ALTER TABLE t ADD c INT COMMENT '...' ...");
  }

  @Test
  void aNameMayContainQuotes() {
    assertThat(ShortDdl.of("ALTER TABLE `it's` ADD `a``'` INT DEFAULT 'secret'"))
        .isEqualTo("ALTER TABLE `it's` ADD `a``'` INT DEFAULT '...'");
  }

  @Test
  void commentsAreLeftOut() {
    assertThat(
            ShortDdl.of("DROP /* don't */ TABLE # it's\n t -- 'x\n , u /* secret 'v' */ CASCADE"))
        .isEqualTo("DROP TABLE t , u CASCADE");
  }

  @Test
  void anExecutableCommentIsLeftOutAndEndsTheTextIfItHasQuotes() {
    assertThat(ShortDdl.of("CREATE TABLE t (c INT) /*!50100 PARTITION BY HASH (c) */ x"))
        .isEqualTo("CREATE TABLE t (c INT) x");
    assertThat(ShortDdl.of("CREATE TABLE t (c INT) /*!50100 COMMENT '*/ secret' */ x"))
        .isEqualTo("CREATE TABLE t (c INT) ...");
    assertThat(ShortDdl.of("CREATE TABLE t /*!99999 don't */ (c INT DEFAULT 'secret')"))
        .isEqualTo("CREATE TABLE t ...");
  }

  @Test
  void valuesInHexAreLeftOut() {
    assertThat(ShortDdl.of("ALTER TABLE t0x1 ADD c BLOB DEFAULT 0x736563726574"))
        .isEqualTo("ALTER TABLE t0x1 ADD c BLOB DEFAULT '...'");
  }
}
