package io.binlogbroker.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.RulesText;
import java.util.List;
import org.junit.jupiter.api.Test;

class InitialTablesTest {
  private static final TableName A = new TableName("d", "a");
  private static final TableName B = new TableName("d", "b");
  private static final Routes BOTH = routes("\"Snapshot\":\"initial\",", "a", "b");

  private final KnownSnapshots known = new KnownSnapshots(false);

  private static Routes routes(String more, String... tables) {
    StringBuilder rules = new StringBuilder();
    for (String table : tables) {
      rules.append(rules.isEmpty() ? "" : ",").append("{\"Table\":\"" + table + "\"}");
    }
    String sources = "\"Sources\":[{\"Schema\":\"d\",\"Tables\":[" + rules + "]}]";
    return RulesText.routes("{" + more + sources + "}");
  }

  private List<TableName> find(InitialTables tables, Routes routes) {
    List<TableName> chosen = tables.choose(routes, List.of(A, B), known);
    chosen.forEach(name -> known.put(SnapshotState.begin(name, 0)));
    return chosen;
  }

  @Test
  void tablesAreFoundOnceForTheSameRules() {
    InitialTables tables = new InitialTables(null);
    tables.use(BOTH);
    assertThat(tables.isSought()).isTrue();
    assertThat(tables.beginSearch()).isTrue();
    assertThat(tables.beginSearch()).isFalse();
    assertThat(find(tables, BOTH)).containsExactly(A, B);
    assertThat(tables.isSought()).isFalse();

    InitialTables afterARestart = new InitialTables(tables.digest());
    afterARestart.use(BOTH);

    assertThat(afterARestart.isSought()).isFalse();
  }

  @Test
  void nothingIsSoughtWithoutSuchARule() {
    InitialTables tables = new InitialTables(null);
    tables.use(routes("", "a", "b"));

    assertThat(tables.isSought()).isFalse();
  }

  @Test
  void aTableWhoseRuleIsAddedIsChosen() {
    InitialTables tables = new InitialTables(null);
    Routes one = routes("\"Snapshot\":\"initial\",", "a");
    tables.use(one);
    find(tables, one);

    tables.use(BOTH);

    assertThat(tables.isSought()).isTrue();
    assertThat(find(tables, BOTH)).containsExactly(B);
  }

  @Test
  void aTableThatWasCreatedUnderTheSameRuleIsNotChosenLater() {
    InitialTables tables = new InitialTables(null);
    Routes all = RulesText.routes("{\"SyncAll\":true,\"Snapshot\":\"initial\",\"Sources\":[]}");
    tables.use(all);
    tables.choose(all, List.of(A), known).forEach(name -> known.put(SnapshotState.begin(name, 0)));

    Routes others =
        RulesText.routes(
            "{\"SyncAll\":true,\"Snapshot\":\"initial\",\"Sources\":[],\"BlackList\":[\"x.y\"]}");
    tables.use(others);

    assertThat(find(tables, others)).isEmpty();
  }

  @Test
  void aRuleThatIsRemovedAndAddedAgainCopiesItsTableAgain() {
    InitialTables tables = new InitialTables(null);
    tables.use(BOTH);
    find(tables, BOTH);
    tables.use(routes("", "c"));

    tables.use(BOTH);

    assertThat(tables.isSought()).isTrue();
    assertThat(find(tables, BOTH)).containsExactly(A, B);
  }

  @Test
  void aRuleThatBecomesInitialCopiesTablesWithoutAStateAlone() {
    known.put(SnapshotState.begin(A, 0));
    InitialTables tables = new InitialTables(null);
    tables.use(routes("", "a", "b"));

    tables.use(BOTH);

    assertThat(find(tables, BOTH)).containsExactly(B);
  }
}
