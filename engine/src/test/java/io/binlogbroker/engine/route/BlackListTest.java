package io.binlogbroker.engine.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlackListTest {
  @ParameterizedTest
  @CsvSource({
    "test_db,            test_db,  any",
    "test_.*,            test_1,   any",
    "mall_db.tmp_.*,     mall_db,  tmp_1",
    "mall_db.goods,      mall_db,  goods",
    "test_.*.tmp,        test_1,   tmp",
    "test_.+?.tmp,       test_1,   tmp",
    "a.{2}.t,            abc,      t",
    "(a.b|c).t,          a-b,      t",
    "[.(]x.t,            .x,       t",
    "a\\.b,              a.b,      any",
    "a\\.b.t,            a.b,      t",
    "/mall_./,           mall_1,   any",
    "/mall_./.goods,     mall_1,   goods",
    "/mall_./.goods_.*,  mall_1,   goods_1",
    "mall_db./t.p/,      mall_db,  tmp",
    "订单.t,              订单,      t"
  })
  void theFirstDotOutsideAnExpressionSeparatesSchemaAndTable(
      String text, String schema, String table) {
    assertThat(BlackList.parse(text, false).matches(schema, table)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "test_db,         test_db2, any",
    "mall_db.tmp_.*,  mall_db,  goods",
    "mall_db.tmp_.*,  other,    tmp_1",
    "mall_...,        mall_db,  any",
    "/mall_./.goods,  mall_1,   other",
    "a\\.b,           a,        b"
  })
  void anEntryDoesNotMatchOtherTables(String text, String schema, String table) {
    assertThat(BlackList.parse(text, false).matches(schema, table)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".t", "a.", "a.t("})
  void anEntryWithAMissingOrInvalidPartIsRefused(String text) {
    assertThatThrownBy(() -> BlackList.parse(text, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected");
  }
}
