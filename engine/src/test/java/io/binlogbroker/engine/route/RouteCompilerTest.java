package io.binlogbroker.engine.route;

import static io.binlogbroker.engine.route.RoutesTest.routes;
import static io.binlogbroker.engine.route.RoutesTest.tables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteCompilerTest {
  @Test
  void rulesThatDeliverNothingAreRefused() {
    assertThat(refused("\"SyncAll\":false"))
        .hasMessage(
            "Sources: nothing to deliver; name schemas and tables here, or set SyncAll to true");
  }

  @Test
  void allFaultsAreReportedAtOnce() {
    ConfigException e =
        refused(
            tables(
                    """
                    {"Table":"a("}, {"Table":"b","Topic":"${tabel}"}, {"Table":"c","Key":"x,,y"},
                    {"Table":"d","Key":"@key"}, {"Table":"e","Key":"Id,id"}
                    """)
                + ",\"BlackList\":[\"a.*b[\",\".t\"]");

    assertThat(e.faults().stream().map(Fault::toString))
        .containsExactly(
            "BlackList[0]: expected a name or a regular expression, got \"a.*b[\": Unclosed"
                + " character class at character 5",
            "BlackList[1]: expected \"schema\" or \"schema.table\", got \".t\"",
            "Sources[0].Tables[0].Table: expected a name or a regular expression, got \"a(\":"
                + " Unclosed group at character 3",
            "Sources[0].Tables[1].Topic: expected ${schema} or ${table}, got \"${tabel}\"",
            "Sources[0].Tables[2].Key: expected a column, several as \"a,b\", or \"@pk\", got"
                + " \"x,,y\"",
            "Sources[0].Tables[3].Key: expected a column, several as \"a,b\", or \"@pk\", got"
                + " \"@key\"",
            "Sources[0].Tables[4].Key: expected each column once, got \"Id,id\"");
  }

  @Test
  void aPlaceholderLeftOpenIsRefused() {
    assertThat(refused(tables("{\"Table\":\"a\",\"Topic\":\"x${schema\"}")))
        .hasMessage("Sources[0].Tables[0].Topic: expected ${schema} or ${table}, got \"${schema\"");
  }

  @Test
  void plainSchemasWithTheSameTopicAfterReplacementAreRefused() {
    ConfigException e =
        refused("\"SyncAll\":true,\"Sources\":[{\"Schema\":\"订单\"},{\"Schema\":\"商品\"}]");

    assertThat(e)
        .hasMessageStartingWith("Sources[1]: schemas \"订单\" and \"商品\" would share topic \"__\"");
  }

  @Test
  void plainTablesWithTheSameTopicAfterReplacementAreRefused() {
    ConfigException e =
        refused(
            tables(
                "{\"Table\":\"订单\",\"Topic\":\"${table}\"},"
                    + "{\"Table\":\"商品\",\"Topic\":\"${table}\"}"));

    assertThat(e)
        .hasMessageStartingWith(
            "Sources[0].Tables[1]: tables \"mall_db.订单\" and \"mall_db.商品\" would share topic"
                + " \"__\"");
  }

  @ParameterizedTest
  @CsvSource({"*, .*", "*_log, .*_log", "**, .*", "?x, .x"})
  void aShellPatternIsReportedWithTheRegularExpressionForIt(String given, String meant) {
    assertThat(refused(tables("{\"Table\":\"" + given + "\"}")))
        .hasMessageContaining("got \"" + given + "\"")
        .hasMessageContaining("fix: write \"" + meant + "\"");
  }

  @Test
  void anExcludedSchemaSharesNoTopic() {
    Routes routes =
        routes(
            "\"SyncAll\":true,\"BlackList\":[\"订单\"],"
                + "\"Sources\":[{\"Schema\":\"订单\"},{\"Schema\":\"商品\"}]");

    assertThat(routes.find("商品", "t").topic()).isEqualTo("__");
    assertThat(routes.notes()).containsExactly("Sources[0]: excluded by BlackList");
  }

  @Test
  void anInvalidTopicNameIsRefused() {
    assertThat(refused(tables("{\"Table\":\"x.*\",\"Topic\":\"..\"}")))
        .hasMessageStartingWith("Sources[0].Tables[0]: mall_db.x.* would have topic \"..\"");
    assertThat(refused(tables("{\"Table\":\"x\",\"Topic\":\"" + "t".repeat(250) + "\"}")))
        .hasMessageContaining("expected at most 249 characters and not . or ..");
  }

  @Test
  void twoRulesForOneTableAreRefused() {
    assertThat(
            refused(
                "\"Sources\":[{\"Schema\":\"a\",\"Tables\":[{\"Table\":\"t\"}]},"
                    + "{\"Schema\":\"a\",\"Tables\":[{\"Table\":\"t\",\"Key\":\"id\"}]}]"))
        .hasMessage(
            "Sources[1].Tables[0].Table: a.t has another rule at Sources[0].Tables[0]; keep one of"
                + " them");
  }

  @Test
  void aKeyWithAHiddenColumnIsRefused() {
    assertThat(
            refused(tables("{\"Table\":\"t\",\"Key\":\"a,Phone\",\"Mask\":{\"phone\":\"last4\"}}")))
        .hasMessage(
            "Sources[0].Tables[0].Key: names Phone, which Columns or Mask hides: the key would"
                + " reveal it");
    assertThat(refused(tables("{\"Table\":\"t\",\"Key\":\"a\",\"Columns\":{\"Include\":[\"b\"]}}")))
        .hasMessageContaining("names a, which");
  }

  @Test
  void masksAndColumnsAreReadAndDescribedByName() {
    Routes routes =
        routes(
            tables(
                    "{\"Table\":\"t\",\"Columns\":{\"Exclude\":[\"c\"]},\"Mask\":{\"b\":\"SHA256\"}}")
                + ",\"MaskSalt\":\"pepper\"");

    assertThat(routes.find("mall_db", "t"))
        .hasToString("topic mall_db, key table name, without columns [c], masks [b]");
    assertThat(String.valueOf(routes.find("mall_db", "t").cells().salt())).isEqualTo("***");
  }

  @Test
  void aDuplicateRuleIsAccepted() {
    assertThat(routes(tables("{\"Table\":\"t\"},{\"Table\":\"t\"}")).find("mall_db", "t"))
        .isEqualTo(new Route("mall_db", KeyRule.TABLE_NAME, null));
  }

  private static ConfigException refused(String keys) {
    return catchThrowableOfType(ConfigException.class, () -> routes(keys));
  }
}
