package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCommandTest {
  private final CapturedRun run = new CapturedRun();

  @TempDir Path folder;

  @Test
  void showMasksPasswordsAndComments() {
    write("{\"Table\":\"goods\"} // all goods");

    int code = execute("show");

    assertThat(code).isZero();
    assertThat(run.out())
        .contains("// " + file(), "rep_user:***@tcp(127.0.0.1:1)", "// ***")
        .doesNotContain("rep_pass", "all goods");
  }

  @Test
  void validateListsValidRules() {
    write("{\"Table\":\"goods\",\"Key\":\"@pk\"}");

    int code = execute("validate", "--offline");

    assertThat(code).isZero();
    assertThat(run.out()).contains("mall_db.goods -> topic mall_db, key primary key");
  }

  @Test
  void faultsOfRulesAreReportedWithTheirPath() {
    write("{\"Table\":\"goods\",\"Key\":\"a,a\"}");

    int code = execute("validate", "--offline");

    assertThat(code).isEqualTo(3);
    assertThat(run.err()).contains("Sources[0].Tables[0].Key", "each column once");
  }

  @Test
  void anUnreachableServerIsReportedUnlessOffline() {
    write("{\"Table\":\"goods\"}");

    int code = execute("validate");

    assertThat(code).isEqualTo(11);
    assertThat(run.out()).contains("not ok  MySQL", "--offline");
  }

  @Test
  void aTableOfAPatternIsNotRemovedAndThePatternIsReported() {
    write("{\"Table\":\"order_.*\"}");

    int code = execute("remove-table", "mall_db.order_7");

    assertThat(code).isEqualTo(3);
    assertThat(run.err())
        .contains("no rule names exactly mall_db.order_7: the rule for \"order_.*\" delivers it")
        .contains("fix: add \"mall_db.order_7\" to BlackList");
  }

  @Test
  void anAddedTableIsWrittenAndItsRoutePrinted() {
    write("{\"Table\":\"goods\"} // all goods");

    int code = execute("add-table", "--force", "mall_db.orders", "--topic", "t", "--key", "a,b");

    assertThat(code).as(run.err()).isZero();
    assertThat(run.out())
        .contains("mall_db.orders -> topic t, key a,b", "Written to " + file())
        .contains("takes effect at the next start");
    assertThat(text())
        .isEqualTo(
            config(
                "{\"Table\":\"goods\"}, // all goods\n"
                    + "  {\"Table\":\"orders\",\"Topic\":\"t\",\"Key\":\"a,b\"}"));
  }

  @Test
  void withoutTheServerATableIsAddedOnlyWithForce() {
    write("{\"Table\":\"goods\"}");

    int code = execute("add-table", "mall_db.orders");

    assertThat(code).isEqualTo(11);
    assertThat(text()).isEqualTo(config("{\"Table\":\"goods\"}"));
  }

  @Test
  void aTableWithARuleIsNotAddedAgain() {
    write("{\"Table\":\"goods\"}");

    int code = execute("add-table", "--force", "mall_db.goods");

    assertThat(code).isEqualTo(3);
    assertThat(run.err()).contains("mall_db.goods already has a rule");
  }

  @Test
  void aRemovedTableIsNoLongerDelivered() {
    write("{\"Table\":\"goods\"}, {\"Table\":\"orders\"}");

    int code = execute("remove-table", "mall_db.orders");

    assertThat(code).as(run.err()).isZero();
    assertThat(run.out()).contains("mall_db.orders is no longer delivered");
    assertThat(text()).isEqualTo(config("{\"Table\":\"goods\"}"));
  }

  @Test
  void aRemovedTableWithAnotherMatchingRuleIsReported() {
    write("{\"Table\":\"order_7\"}, {\"Table\":\"order_\\\\d+\",\"Topic\":\"all\"}");

    int code = execute("remove-table", "mall_db.order_7");

    assertThat(code).isZero();
    assertThat(run.out()).contains("still delivered by another rule -> topic all");
  }

  @Test
  void aTableWithoutARuleIsNotRemoved() {
    write("{\"Table\":\"goods\"}");

    int code = execute("remove-table", "mall_db.orders");

    assertThat(code).isEqualTo(3);
    assertThat(run.err()).contains("no rule names mall_db.orders");
  }

  @Test
  void aTableIsNamedWithItsSchema() {
    int code = execute("add-table", "orders");

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("SCHEMA.TABLE", "mall_db.orders");
  }

  @Test
  void putWritesOnlyToEtcd() {
    write("{\"Table\":\"goods\"}");

    int code = execute("put", "source.json");

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("edit it", "-etcd");
  }

  @Test
  void configWithoutASubcommandIsRefused() {
    int code = run.execute("config");

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("show, validate, put, add-table or remove-table");
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "validate", "add-table a.b", "remove-table a.b", "put x.json"})
  void eachNeedsAGroup(String command) {
    int code = run.execute(("config " + command + " -c conf.json").split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("Missing -g");
  }

  private int execute(String... command) {
    List<String> args = new ArrayList<>(List.of("config"));
    args.addAll(List.of(command));
    args.addAll(List.of("-g", "db_mall", "-c", file().toString()));
    return run.execute(args.toArray(String[]::new));
  }

  private void write(String tables) {
    try {
      Files.writeString(file(), config(tables));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text() {
    try {
      return Files.readString(file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file() {
    return folder.resolve("conf.json");
  }

  private String config(String tables) {
    return """
    {"KafkaAddr": ["127.0.0.1:1"], "StateDir": "%s",
     "MysqlConn": "rep_user:rep_pass@tcp(127.0.0.1:1)",
     "Sources": [{"Schema": "mall_db", "Tables": [
      %s
     ]}]}
    """
        .formatted(folder.resolve("state"), tables);
  }
}
