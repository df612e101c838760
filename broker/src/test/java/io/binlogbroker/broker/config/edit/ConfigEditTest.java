package io.binlogbroker.broker.config.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.source.SourceConfig;
import io.binlogbroker.broker.config.text.DashComments;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.route.TableRule;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigEditTest {
  private static final ConfigReader READER = new ConfigReader(Map.of());
  private static final ConfigEdit EDIT = new ConfigEdit(sourceReader());
  private static final TableRule ORDERS = new TableRule("orders", "t", "k", null);

  /** In each, mall_db has the rules goods and package, and perhaps others. */
  private static final List<String> LAYOUTS =
      List.of(
          "{'MysqlConn':'u:p@tcp(h)','Sources':[{'Schema':'mall_db','Tables':[{'Table':'goods'},"
              + "{'Table':'package'}]}]}",
          """
          {"MysqlConn":"u:p@tcp(h)", "Sources":[
            {"Schema":"a_db", "Tables":[]},
            {"Schema":"mall_db", "Tables":[
              {"Table":"goods"}, -- the first [
              {"Table":"package", "Topic":"x\\"}],y"} // the "last" ]}
            ]}
          ]}
          """,
          """
          -- {"Sources": [
          {
            "MysqlConn": "u:p@tcp(h)", # , ]
            "Sources": [ /* [ */
              {
                "Tables": [
                  // goods,
                  { "Table": "goods" },
                  /* pack,
                     age */
                  { "Table": "package" }, /* trailing
                     comma */
                ], /* end of tables */
                "Schema": "mall_db",
              },
            ],
          }
          """,
          """
          {"sources":[{"schema":"mall_db","tables":[
          \t{"table":"goods"}
          \t, {"table":"package"}
          ]}],"mysqlconn":"u:p@tcp(h)"}
          """,
          """
          {"MysqlConn":"u:p@tcp(h)","Sources":[{"Schema":"mall_db","Tables":[
              {"Table":"goods"},
              {"Table":"package"}]}]} // the end
          """);

  static Stream<String> layouts() {
    return LAYOUTS.stream()
        .map(text -> text.replace('\'', '"'))
        .flatMap(text -> Stream.of(text, text.replace("\n", "\r\n"), "\uFEFF" + text));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void anAddedTableIsAppendedAndNothingElseChanges(String text) {
    String edited = EDIT.withTable(text, "mall_db", ORDERS);

    assertThat(rules(edited, "mall_db"))
        .extracting(TableRule::table)
        .containsExactly("goods", "package", "orders");
    assertThat(rules(edited, "mall_db")).endsWith(ORDERS);
    assertThat(isSubsequence(text, edited)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void addingAndRemovingATableRestoresTheText(String text) {
    String edited = EDIT.withTable(text, "mall_db", ORDERS);

    assertThat(EDIT.withoutTable(edited, "mall_db", "orders")).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void aNewSchemaGetsAnEntry(String text) {
    String edited = EDIT.withTable(text, "other db", new TableRule("a\"b\\c", null, null, null));

    assertThat(rules(edited, "other db"))
        .containsExactly(new TableRule("a\"b\\c", null, null, null));
    assertThat(isSubsequence(text, edited)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void theFirstAndTheLastTableCanBeRemoved(String text) {
    String first = EDIT.withoutTable(text, "mall_db", "goods");
    String last = EDIT.withoutTable(text, "mall_db", "package");
    String both = EDIT.withoutTable(first, "mall_db", "package");

    assertThat(rules(first, "mall_db")).extracting(TableRule::table).containsExactly("package");
    assertThat(rules(last, "mall_db")).extracting(TableRule::table).containsExactly("goods");
    assertThat(rules(both, "mall_db")).isEmpty();
    assertThat(isSubsequence(both, text)).isTrue();
    assertThat(rules(EDIT.withTable(both, "mall_db", ORDERS), "mall_db")).containsExactly(ORDERS);
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void commentsOutsideARemovedRuleAreKept(String text) {
    String edited = EDIT.withoutTable(text, "mall_db", "package");

    assertThat(comments(edited)).isEqualTo(comments(text));
  }

  @Test
  void anAddedRuleGetsItsOwnLine() {
    String text =
        """
        {"MysqlConn":"u:p@tcp(h)","Sources":[{"Schema":"mall_db",
            "Tables":[
                {"Table":"goods"} // all of them
            ]}]}
        """;

    assertThat(EDIT.withTable(text, "mall_db", new TableRule("orders", null, "id", null)))
        .isEqualTo(
            text.replace(
                "{\"Table\":\"goods\"} // all of them\n",
                "{\"Table\":\"goods\"}, // all of them\n"
                    + "        {\"Table\":\"orders\",\"Key\":\"id\"}\n"));
  }

  @Test
  void removingARuleRemovesItsLine() {
    String text =
        """
        {"MysqlConn":"u:p@tcp(h)","Sources":[{"Schema":"mall_db","Tables":[
          {"Table":"goods"},
          {"Table":"orders"},
          {"Table":"package"}
        ]}]}
        """;

    assertThat(EDIT.withoutTable(text, "mall_db", "orders"))
        .isEqualTo(text.replace("  {\"Table\":\"orders\"},\n", ""));
    assertThat(EDIT.withoutTable(text, "mall_db", "package"))
        .isEqualTo(text.replace("\"orders\"},\n  {\"Table\":\"package\"}\n", "\"orders\"}\n"));
  }

  @Test
  void addsToMissingEmptyAndNullLists() {
    for (String sources :
        List.of(
            "",
            ",\"Sources\":null",
            ",\"Sources\":[]",
            ",\"Sources\":[ /* none */ ]",
            ",\"Sources\":[\n // none\n ]",
            ",\"Sources\":[{\"Schema\":\"mall_db\"}]",
            ",\"Sources\":[{\"Schema\":\"mall_db\",\"Tables\":null}]",
            ",\"Sources\":[{\"Schema\":\"mall_db\",\"Tables\":[\n]}]")) {
      String text = "{\"MysqlConn\":\"u:p@tcp(h)\"" + sources + "}";

      assertThat(rules(EDIT.withTable(text, "mall_db", ORDERS), "mall_db")).containsExactly(ORDERS);
    }
  }

  @Test
  void editsTheSourcePartOfAFileWithBothParts() {
    ConfigEdit edit = new ConfigEdit(text -> READER.read(text, "conf.json").source());
    String nested =
        """
        {"SourceConfig": {"MysqlConn":"u:p@tcp(h)", "Sources":[]},
         "BrokerConfig": {"KafkaAddr":["k:1"]}}
        """;
    String flat = "{\"KafkaAddr\":[\"k:1\"],\"MysqlConn\":\"u:p@tcp(h)\"}";

    assertThat(edit.withTable(nested, "mall_db", ORDERS))
        .contains("\"Sources\":[{\"Schema\":\"mall_db\",\"Tables\":[{\"Table\":\"orders\"");
    assertThat(edit.withTable(flat, "mall_db", ORDERS)).contains("\"Table\":\"orders\"");
  }

  @Test
  void aTableWithARuleIsNotAddedAgain() {
    assertFault(
        () -> EDIT.withTable(layouts().findFirst().orElseThrow(), "mall_db", named("goods")),
        "Sources[0].Tables: mall_db.goods already has a rule");
  }

  @Test
  void aTableWithoutARuleIsNotRemoved() {
    assertFault(
        () -> EDIT.withoutTable(layouts().findFirst().orElseThrow(), "mall_db", "orders"),
        "no rule names mall_db.orders");
  }

  @Test
  void addingATableNeverStopsTheDeliveryOfOthers() {
    String all = "{\"MysqlConn\":\"u:p@tcp(h)\",\"SyncAll\":true,\"Sources\":[%s]}";

    assertFault(() -> EDIT.withTable(all.formatted(""), "mall_db", ORDERS), "SyncAll: is true");
    assertFault(
        () -> EDIT.withTable(all.formatted("{\"Schema\":\"mall_db\"}"), "mall_db", ORDERS),
        "SyncAll: is true");
  }

  @Test
  void removingTheLastTableNeverDeliversTheWholeSchema() {
    String all = "{\"MysqlConn\":\"u:p@tcp(h)\",\"SyncAll\":true,\"Sources\":[%s]}";
    String one = "{\"Schema\":\"mall_db\",\"Tables\":[{\"Table\":\"%s\"}]}";
    String alone = all.formatted(one.formatted("goods"));
    String beside = all.formatted(one.formatted("goods") + "," + one.formatted("orders"));

    assertFault(() -> EDIT.withoutTable(alone, "mall_db", "goods"), "last rule of mall_db");
    assertThat(EDIT.withoutTable(beside, "mall_db", "goods"))
        .isEqualTo(all.formatted(one.formatted("orders")));
  }

  @Test
  void anInvalidTextIsNotEdited() {
    assertFault(() -> EDIT.withTable("{\"Sources\": [}", "mall_db", ORDERS), "line 1");
  }

  private static void assertFault(Runnable act, String message) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(act::run)
        .withMessageContaining(message);
  }

  private static TableRule named(String table) {
    return new TableRule(table, null, null, null);
  }

  private static Function<String, SourceConfig> sourceReader() {
    return text -> READER.readSource(text, "conf.json");
  }

  private static List<TableRule> rules(String text, String schema) {
    return sourceReader().apply(text).sources().stream()
        .filter(source -> source.schema().equals(schema))
        .flatMap(source -> source.tables().stream())
        .toList();
  }

  private static String comments(String text) {
    StringBuilder comments = new StringBuilder();
    DashComments.positions(text).stream().forEach(at -> comments.append(text.charAt(at)));
    return comments.toString();
  }

  private static boolean isSubsequence(@Nullable String part, String whole) {
    int at = 0;
    for (int i = 0; i < whole.length() && at < part.length(); i++) {
      if (whole.charAt(i) == part.charAt(at)) {
        at++;
      }
    }
    return at == part.length();
  }
}
