package io.binlogbroker.engine.source.mysql.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.RulesText;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearbyTablesTest {
  private static final List<TableName> TABLES =
      List.of(
          new TableName("mall_db", "goods"),
          new TableName("mall_db", "Orders"),
          new TableName("mall_db", "order_1"));

  @Test
  void aTableWithAnotherCaseOrSimilarNameIsSuggested() {
    assertThat(fixes("mall_db", "orders")).containsExactly(meant("mall_db.Orders"));
    assertThat(fixes("mall_db", "godos")).containsExactly(meant("mall_db.goods"));
    assertThat(fixes("Mall_db", "goods")).containsExactly(meant("mall_db.goods"));
  }

  @Test
  void aSchemaIsSuggestedForAPattern() {
    assertThat(fixes("mal_db", "order_\\\\d+")).containsExactly(meant("schema mall_db"));
  }

  @Test
  void aShellPatternIsReportedWithTheRegularExpressionForIt() {
    assertThat(fixes("mall_db", "ord_*"))
        .containsExactly("write \"mall_db.ord_.*\", if * means any text here");
  }

  @Test
  void nothingIsSuggestedWithoutASimilarName() {
    assertThat(fixes("mall_db", "warehouse_locations")).containsExactly("");
  }

  @Test
  void nothingIsSuggestedForARuleWithExistingTables() {
    assertThat(fixes("mall_db", "order_\\\\d+")).isEmpty();
    assertThat(fixes("mall.*", "goods")).isEmpty();
  }

  private static List<String> fixes(String schema, String table) {
    String config =
        """
        {"Sources": [{"Schema": "%s", "Tables": [{"Table": "%s"}]}]}
        """
            .formatted(schema, table);
    Routes routes = RulesText.routes(config);
    NearbyTables nearby = new NearbyTables(TABLES);
    return routes.withoutTable(TABLES).stream().map(nearby::fix).toList();
  }

  private static String meant(String name) {
    return "correct the name, if " + name + " is meant; case matters";
  }
}
