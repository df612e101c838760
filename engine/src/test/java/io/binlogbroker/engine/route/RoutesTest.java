package io.binlogbroker.engine.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.engine.model.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
  @Test
  void theFirstReadmesExampleDeliversTwoTables() throws IOException {
    Routes routes = seedExample();

    assertThat(routes.find("mall_db", "goods"))
        .isEqualTo(new Route("mall_db", KeyRule.TABLE_NAME, null));
    assertThat(routes.find("mall_db", "package"))
        .isEqualTo(
            new Route("mytopic", new KeyRule(KeyRule.Kind.COLUMNS, List.of("usr_id")), null));
    assertThat(routes.find("mall_db", "other")).isNull();
    assertThat(routes.find("social_db", "post")).isNull();
    assertThat(routes.notes())
        .containsExactly(
            "Sources[1]: social_db has no Tables and SyncAll is false, so none of its tables is"
                + " delivered");
  }

  @Test
  void theFirstReadmesExampleIsDescribedLineByLine() throws IOException {
    assertThat(seedExample().describe())
        .containsExactly(
            "mall_db.goods -> topic mall_db, key table name",
            "mall_db.package -> topic mytopic, key usr_id");
  }

  @Test
  void aSchemaMayBeDeliveredWhenOneOfItsTablesMay() {
    Routes listed = routes(tables("{\"Table\":\"goods\"}"));
    Routes all = routes("\"SyncAll\":true,\"BlackList\":[\"test_db\",\"mall_db.goods\"]");

    assertThat(listed.mayDeliver("mall_db")).isTrue();
    assertThat(listed.mayDeliver("elsewhere")).isFalse();
    assertThat(all.mayDeliver("mall_db")).isTrue();
    assertThat(all.mayDeliver("test_db")).isFalse();
    assertThat(all.mayDeliver("mysql")).isFalse();
  }

  @Test
  void syncAllDeliversAllTablesOfASchemaWithoutTables() {
    Routes routes = routes("\"SyncAll\":true,\"Sources\":[{\"Schema\":\"social_db\"}]");

    assertThat(routes.find("social_db", "post"))
        .isEqualTo(new Route("social_db", KeyRule.TABLE_NAME, null));
  }

  @Test
  void syncAllDeliversTheSchemasThatNoSourceNames() {
    Routes routes = routes("\"SyncAll\":true," + tables("{\"Table\":\"goods\"}"));

    assertThat(routes.find("elsewhere", "t"))
        .isEqualTo(new Route("elsewhere", KeyRule.TABLE_NAME, null));
  }

  @Test
  void onlyTheListedTablesOfASchemaAreDeliveredEvenWithSyncAll() {
    Routes routes = routes("\"SyncAll\":true," + tables("{\"Table\":\"goods\"}"));

    assertThat(routes.find("mall_db", "goods")).isNotNull();
    assertThat(routes.find("mall_db", "other")).isNull();
  }

  @Test
  void syncAllAloneDeliversEverything() {
    Routes routes = routes("\"SyncAll\":true");

    assertThat(routes.find("a", "b")).isEqualTo(new Route("a", KeyRule.TABLE_NAME, null));
    assertThat(routes.describe())
        .containsExactly("every other schema -> topic ${schema}, key table name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "information_schema", "performance_schema", "sys"})
  void theServersOwnSchemasAreNeverDelivered(String schema) {
    Routes all = routes("\"SyncAll\":true");
    Routes named =
        routes("\"Sources\":[{\"Schema\":\"" + schema + "\",\"Tables\":[" + TABLE + "]}]");

    assertThat(all.find(schema, "t")).isNull();
    assertThat(named.find(schema, "t")).isNull();
    assertThat(named.describe()).isEmpty();
    assertThat(named.notes())
        .containsExactly("Sources[0]: " + schema + " is a system schema and never delivered");
  }

  @Test
  void aRegularExpressionMatchesTheWholeName() {
    Routes routes = routes(tables("{\"Table\":\"order_\\\\d+\"}"));

    assertThat(routes.find("mall_db", "order_17")).isNotNull();
    assertThat(routes.find("mall_db", "order_17_old")).isNull();
    assertThat(routes.find("mall_db", "my_order_17")).isNull();
  }

  @Test
  void anExactNameWinsOverAnEarlierExpression() {
    Routes routes =
        routes(
            tables(
                "{\"Table\":\"order.*\",\"Topic\":\"a\"},{\"Table\":\"orders\",\"Topic\":\"b\"}"));

    assertThat(routes.find("mall_db", "orders").topic()).isEqualTo("b");
    assertThat(routes.find("mall_db", "orderz").topic()).isEqualTo("a");
  }

  @Test
  void theFirstOfTwoMatchingExpressionsApplies() {
    Routes routes =
        routes(tables("{\"Table\":\"o.*\",\"Topic\":\"a\"},{\"Table\":\"or.*\",\"Topic\":\"b\"}"));

    assertThat(routes.find("mall_db", "orders").topic()).isEqualTo("a");
  }

  @Test
  void aSchemaMayBeAnExpression() {
    Routes routes =
        routes("\"Sources\":[{\"Schema\":\"mall_[0-9]\",\"Tables\":[{\"Table\":\"goods\"}]}]");

    assertThat(routes.find("mall_1", "goods").topic()).isEqualTo("mall_1");
    assertThat(routes.find("mall_10", "goods")).isNull();
    assertThat(routes.describe())
        .containsExactly("mall_[0-9].goods -> topic ${schema}, key table name");
  }

  @Test
  void entriesForOneSchemaAreMergedWithExactOnesFirst() {
    Routes routes =
        routes(
            "\"SyncAll\":true,\"Sources\":["
                + "{\"Schema\":\"mall_.*\",\"Tables\":[{\"Table\":\"g.*\",\"Topic\":\"c\"}]},"
                + "{\"Schema\":\"mall_db\",\"Tables\":[{\"Table\":\"go.*\",\"Topic\":\"a\"}]},"
                + "{\"Schema\":\"mall_db\",\"Tables\":[{\"Table\":\"gooo\",\"Topic\":\"b\"}]}]");

    assertThat(routes.find("mall_db", "goods").topic()).isEqualTo("a");
    assertThat(routes.find("mall_db", "gooo").topic()).isEqualTo("b");
    assertThat(routes.find("mall_db", "gifts").topic()).isEqualTo("c");
    assertThat(routes.find("mall_db", "users")).isNull();
  }

  @Test
  void anEntryWithoutTablesAddsTheRestOfItsSchemaWithSyncAll() {
    Routes routes =
        routes(
            "\"SyncAll\":true,\"Sources\":[{\"Schema\":\"a\"},"
                + "{\"Schema\":\"a\",\"Tables\":[{\"Table\":\"t\",\"Topic\":\"x\"}]}]");

    assertThat(routes.find("a", "t").topic()).isEqualTo("x");
    assertThat(routes.find("a", "u").topic()).isEqualTo("a");
  }

  @Test
  void slashesMakeAnExpressionOfAnyText() {
    Routes routes = routes(tables("{\"Table\":\"/orders$/\"},{\"Table\":\"cost$\"}"));

    assertThat(routes.find("mall_db", "orders")).isNotNull();
    assertThat(routes.find("mall_db", "cost$")).isNotNull();
    assertThat(routes.find("mall_db", "cost")).isNull();
  }

  @Test
  void aNameThatMysqlMustQuoteIsMatchedExactly() {
    Routes routes =
        routes(tables("{\"Table\":\"my-table\"},{\"Table\":\"a+b\"},{\"Table\":\"订单\"}"));

    assertThat(routes.find("mall_db", "my-table")).isNotNull();
    assertThat(routes.find("mall_db", "a+b")).isNotNull();
    assertThat(routes.find("mall_db", "订单")).isNotNull();
  }

  @Test
  void namesAreCaseSensitiveUnlessTheServersAreNot() {
    String text =
        "\"Sources\":[{\"Schema\":\"Mall\",\"Tables\":[{\"Table\":\"Goods\"},{\"Table\":\"O\\\\d\"}]}]"
            + ",\"BlackList\":[\"mall.o5\"]";
    Routes exact = routes(text);
    Routes folded =
        RouteCompiler.compile(RulesText.rules("{" + text + "}"), ReservedTopics.NONE, true);

    assertThat(exact.find("mall", "goods")).isNull();
    assertThat(folded.find("mall", "goods")).isEqualTo(new Route("mall", KeyRule.TABLE_NAME, null));
    assertThat(folded.find("mall", "o1")).isNotNull();
    assertThat(folded.find("MALL", "O5")).isNull();
    assertThat(folded.find("MYSQL", "user")).isNull();
  }

  @Test
  void theBlackListWinsOverEverything() {
    Routes routes =
        routes(
            "\"SyncAll\":true,\"BlackList\":[\"mall_db.tmp_.*\",\"test_db\",\"mall_db.goods\"],"
                + "\"Sources\":[{\"Schema\":\"mall_db\",\"Tables\":[{\"Table\":\"goods\"},"
                + "{\"Table\":\".*\"}]}]");

    assertThat(routes.find("mall_db", "goods")).isNull();
    assertThat(routes.find("mall_db", "tmp_1")).isNull();
    assertThat(routes.find("test_db", "t")).isNull();
    assertThat(routes.find("mall_db", "users")).isNotNull();
    assertThat(routes.notes()).containsExactly("Sources[0].Tables[0]: excluded by BlackList");
    assertThat(routes.describe())
        .containsExactly(
            "mall_db..* -> topic mall_db, key table name",
            "every other schema -> topic ${schema}, key table name",
            "never: mall_db.tmp_.*, test_db, mall_db.goods");
  }

  @Test
  void topicAndKeyAreIndependent() {
    Routes routes =
        routes(tables("{\"Table\":\"a\",\"Topic\":\"t\"},{\"Table\":\"b\",\"Key\":\"@pk\"}"));

    assertThat(routes.find("mall_db", "a")).isEqualTo(new Route("t", KeyRule.TABLE_NAME, null));
    assertThat(routes.find("mall_db", "b"))
        .isEqualTo(new Route("mall_db", KeyRule.PRIMARY_KEY, null));
  }

  @Test
  void anEmptyTopicOrKeyMeansTheDefault() {
    Routes routes = routes(tables("{\"Table\":\"a\",\"Topic\":\"\",\"Key\":\"\"}"));

    assertThat(routes.find("mall_db", "a"))
        .isEqualTo(new Route("mall_db", KeyRule.TABLE_NAME, null));
  }

  @Test
  void aTopicMayContainSchemaAndTable() {
    Routes routes = routes(tables("{\"Table\":\".*\",\"Topic\":\"db.${schema}.${table}\"}"));

    assertThat(routes.find("mall_db", "my table$1").topic()).isEqualTo("db.mall_db.my_table_1");
  }

  @Test
  void severalTablesMayShareAConfiguredTopic() {
    Routes routes =
        routes(
            "\"Sources\":[{\"Schema\":\"a.*\",\"Tables\":[{\"Table\":\".*\",\"Topic\":\"all"
                + " rows\"}]}]");

    assertThat(routes.find("a1", "t").topic()).isEqualTo("all_rows");
    assertThat(routes.find("a2", "t").topic()).isEqualTo("all_rows");
  }

  @Test
  void twoSchemasWithTheSameTopicAfterReplacementAreRefusedAtTheSecond() {
    Routes routes = routes("\"SyncAll\":true");
    routes.find("a b", "t");

    assertThat(routes.find("a b", "u").topic()).isEqualTo("a_b");
    assertThatThrownBy(() -> routes.find("a_b", "t"))
        .isInstanceOf(TopicNameException.class)
        .hasMessageStartingWith("schemas \"a b\" and \"a_b\" would share topic \"a_b\"");
  }

  @Test
  void twoTablesWithTheSameTopicAfterReplacementAreRefusedAtTheSecond() {
    Routes routes = routes(tables("{\"Table\":\".*\",\"Topic\":\"${table}\"}"));
    routes.find("mall_db", "订单");

    assertThat(routes.find("mall_db", "订单").topic()).isEqualTo("__");
    assertThatThrownBy(() -> routes.find("mall_db", "商品"))
        .isInstanceOf(TopicNameException.class)
        .hasMessageStartingWith(
            "tables \"mall_db.订单\" and \"mall_db.商品\" would share topic \"__\"");
  }

  @Test
  void aTopicTooLongForKafkaIsRefusedOnFirstUse() {
    Routes routes =
        routes(tables("{\"Table\":\".*\",\"Topic\":\"${table}" + "x".repeat(240) + "\"}"));

    assertThat(routes.find("mall_db", "nine_char").topic()).hasSize(249);
    assertThatThrownBy(() -> routes.find("mall_db", "ten_chars_"))
        .isInstanceOf(TopicNameException.class)
        .hasMessageContaining("expected at most 249 characters");
  }

  @Test
  void rowsCannotBeDeliveredToTheDdlTopic() {
    String keys = "\"DdlTopic\":\"ddl\"," + tables("{\"Table\":\"t\",\"Topic\":\"ddl\"}");

    assertThatThrownBy(() -> routes(keys))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "Sources[0].Tables[0]: Rows would be delivered to ddl, which is DdlTopic");
  }

  @Test
  void aTableOfAPatternWithTheDdlTopicIsRefusedOnFirstUse() {
    Routes routes =
        routes("\"DdlTopic\":\"ddl\"," + tables("{\"Table\":\".*\",\"Topic\":\"${table}\"}"));

    assertThat(routes.find("mall_db", "goods")).isNotNull();
    assertThatThrownBy(() -> routes.find("mall_db", "ddl"))
        .isInstanceOf(TopicNameException.class)
        .hasMessageContaining("Rows would be delivered to ddl, which is DdlTopic");
  }

  @Test
  void rowsCannotBeDeliveredToThePositionsTopic() {
    String keys = "\"PositionsTopic\":\"where\"," + tables("{\"Table\":\"t\",\"Topic\":\"where\"}");

    assertThatThrownBy(() -> routes(keys))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("which is PositionsTopic");
  }

  @Test
  void ddlCannotUseTheTopicForRowsThatAreTooLarge() {
    String keys = "\"DdlTopic\":\"mall_db.oversize\"," + tables(TABLE);

    assertThat(routes(keys).find("mall_db", "t")).isNotNull();
    assertThatThrownBy(() -> routes("\"OnOversize\":\"dead-letter\"," + keys))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "DdlTopic is mall_db.oversize, the topic for rows that are too large for mall_db");
  }

  private static final String TABLE = "{\"Table\":\"t\"}";

  static String tables(String rules) {
    return "\"Sources\":[{\"Schema\":\"mall_db\",\"Tables\":[" + rules + "]}]";
  }

  static Routes routes(String keys) {
    return RulesText.routes("{" + keys + "}");
  }

  private static Routes seedExample() throws IOException {
    try (InputStream in = RoutesTest.class.getResourceAsStream("seed-source.json")) {
      return RulesText.routes(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
