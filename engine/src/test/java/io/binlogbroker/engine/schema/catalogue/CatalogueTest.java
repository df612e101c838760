package io.binlogbroker.engine.schema.catalogue;

import static io.binlogbroker.engine.schema.catalogue.FakeServer.MYSQL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.Fit;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
  private final MemoryCatalogueStore store = new MemoryCatalogueStore();
  private final FakeServer server = new FakeServer();

  private Catalogue startedAt(String epoch, long offset) {
    Catalogue catalogue = new Catalogue(store, name -> name.table().startsWith("t"));
    catalogue.connect(server, true, false);
    catalogue.begin(epoch, FakeServer.at(offset));
    return catalogue;
  }

  /** Matches any list with this number of columns. */
  private static Fit columns(int count) {
    return schema -> schema.columns().size() == count ? null : "expected " + count + " columns";
  }

  private static List<String> names(Catalogue catalogue, String table, long offset, int count) {
    return catalogue.describe("d", table, FakeServer.at(offset), columns(count)).columns().stream()
        .map(ColumnSchema::name)
        .toList();
  }

  @Test
  void aTableIsReadFromTheServerOnFirstUse() {
    server.with("t", "a", "b").endsAt(500);
    Catalogue catalogue = startedAt("e", 100);

    assertThat(names(catalogue, "t", 200, 2)).containsExactly("a", "b");
    assertThat(names(catalogue, "t", 300, 2)).containsExactly("a", "b");
    assertThat(server.questions).isEqualTo(1);
  }

  @Test
  void aStatementChangesATableFromItsPositionOn() {
    server.with("t", "a", "b").endsAt(150);
    Catalogue catalogue = startedAt("e", 100);
    assertThat(names(catalogue, "t", 150, 2)).containsExactly("a", "b");

    server.logs(200, "ALTER TABLE t RENAME COLUMN a TO c").with("t", "c", "b");
    server.read(catalogue, 150, 300);

    assertThat(names(catalogue, "t", 300, 2)).containsExactly("c", "b");
    assertThat(names(catalogue, "t", 199, 2)).containsExactly("a", "b");
  }

  @Test
  void aTableThatIsAlteredLaterInTheLogIsNotGuessed() {
    server.with("t", "c", "b").logs(200, "ALTER TABLE t RENAME COLUMN a TO c");
    Catalogue catalogue = startedAt("e", 100);

    assertThatThrownBy(() -> names(catalogue, "t", 150, 2))
        .isInstanceOf(SchemaException.class)
        .hasMessage(
            "The columns of d.t from log.000007:150 to log.000007:200 are unknown:"
                + " information_schema shows the table after a later statement at log.000007:200:"
                + " ALTER TABLE t RENAME COLUMN a TO c (d.t is unknown at this position)");
    server.read(catalogue, 150, 300);
    assertThat(names(catalogue, "t", 300, 2)).containsExactly("c", "b");
  }

  @Test
  void aStartAtTheEndReadsAllDeliveredTables() {
    server.with("t", "a", "b").with("undelivered", "x").endsAt(100);
    Catalogue catalogue = new Catalogue(store, name -> name.table().startsWith("t"));
    catalogue.connect(server, true, true);
    catalogue.begin("e", FakeServer.at(100));
    assertThat(server.questions).isEqualTo(1);

    server.with("t", "c", "b").logs(200, "ALTER TABLE t RENAME COLUMN a TO c");

    assertThat(names(catalogue, "t", 150, 2)).containsExactly("a", "b");
  }

  @Test
  void aMismatchingColumnListIsReadAgain() {
    server.with("t", "a", "b").endsAt(150);
    Catalogue catalogue = startedAt("e", 100);
    assertThat(names(catalogue, "t", 150, 2)).containsExactly("a", "b");

    server.with("t", "a", "b", "c").endsAt(300);
    assertThat(names(catalogue, "t", 300, 3)).containsExactly("a", "b", "c");
    assertThatThrownBy(() -> names(catalogue, "t", 400, 4)).hasMessageContaining("expected 4");
  }

  @Test
  void afterAnUnreadableStatementTheTableIsReadFromTheServer() {
    server.with("t", "a", "b").endsAt(150);
    Catalogue catalogue = startedAt("e", 100);
    assertThat(names(catalogue, "t", 150, 2)).containsExactly("a", "b");

    server.logs(200, "ALTER TABLE t SHUFFLE").with("t", "b", "a");
    server.read(catalogue, 150, 300);

    assertThat(names(catalogue, "t", 300, 2)).containsExactly("b", "a");
  }

  @Test
  void aRestartFindsTheColumnsAtItsPosition() {
    server.with("t", "a").endsAt(150);
    Catalogue first = startedAt("e", 100);
    assertThat(names(first, "t", 150, 1)).containsExactly("a");
    server.logs(200, "ALTER TABLE t RENAME COLUMN a TO b").with("t", "b");
    server.read(first, 150, 300);

    Catalogue second = startedAt("e", 160);

    assertThat(names(second, "t", 170, 1)).containsExactly("a");
    server.read(second, 160, 300);
    assertThat(names(second, "t", 300, 1)).containsExactly("b");
    assertThat(server.questions).isEqualTo(1);
  }

  @Test
  void aPositionThatIsSetBackFindsTheColumns() {
    server.with("t", "a").endsAt(150);
    Catalogue first = startedAt("e", 100);
    assertThat(names(first, "t", 150, 1)).containsExactly("a");
    server.logs(200, "ALTER TABLE t RENAME COLUMN a TO b").with("t", "b");
    server.read(first, 150, 300);

    Catalogue replay = startedAt("another", 160);

    assertThat(names(replay, "t", 170, 1)).containsExactly("a");
  }

  @Test
  void nothingIsKnownAfterAPositionThatWasSetForward() {
    server.with("t", "a").endsAt(150);
    assertThat(names(startedAt("e", 100), "t", 150, 1)).containsExactly("a");
    server.logs(200, "ALTER TABLE t RENAME COLUMN a TO b").with("t", "b").endsAt(400);

    Catalogue later = startedAt("another", 300);

    assertThat(names(later, "t", 350, 1)).containsExactly("b");
  }

  @Test
  void nothingIsKnownAfterALogReset() {
    server.with("t", "a").endsAt(5000);
    assertThat(names(startedAt("e", 100), "t", 4000, 1)).containsExactly("a");

    server.with("t", "b").endsAt(300);
    Catalogue restarted = startedAt("another", 100);

    assertThat(names(restarted, "t", 200, 1)).containsExactly("b");
  }

  @Test
  void aLogResetIsDetectedEvenIfTheNewLogIsLonger() {
    server.with("t", "a").endsAt(150);
    assertThat(names(startedAt("e", 100), "t", 150, 1)).containsExactly("a");

    server.created++;
    server.with("t", "b").endsAt(5000);
    Catalogue restarted = startedAt("another", 120);

    assertThat(names(restarted, "t", 150, 1)).containsExactly("b");
  }

  @Test
  void entriesOfAFileWithUnknownCreationTimeAreValidForTheirEpochOnly() {
    server.created = 0;
    server.with("t", "a").endsAt(150);
    assertThat(names(startedAt("e", 100), "t", 150, 1)).containsExactly("a");
    server.with("t", "b");

    assertThat(names(startedAt("e", 120), "t", 150, 1)).containsExactly("a");
    assertThat(names(startedAt("another", 120), "t", 150, 1)).containsExactly("b");
  }

  @Test
  void nothingIsKnownOfAnotherServersLog() {
    server.with("t", "a").endsAt(5000);
    assertThat(names(startedAt("e", 100), "t", 4000, 1)).containsExactly("a");

    server.name = "another server";
    server.with("t", "b").endsAt(6000);
    assertThat(names(startedAt("e", 4500), "t", 4600, 1)).containsExactly("b");
    assertThat(names(startedAt("e", 4500), "t", 4600, 1)).containsExactly("b");
    assertThat(server.questions).isEqualTo(2);
  }

  @Test
  void aCreatedTableIsKnownFromItsStatement() {
    server.with("t", "x", "b").logs(200, "CREATE TABLE t (a int, b int)");
    server.logs(300, "ALTER TABLE t RENAME COLUMN a TO x");
    Catalogue catalogue = startedAt("e", 100);
    server.read(catalogue, 100, 250);

    assertThat(names(catalogue, "t", 250, 2)).containsExactly("a", "b");
  }

  @Test
  void aShadowTableIsFollowedUntilItReplacesItsTable() {
    server.with("t", "a").endsAt(150);
    Catalogue catalogue = startedAt("e", 100);
    assertThat(names(catalogue, "t", 150, 1)).containsExactly("a");

    server.logs(200, "CREATE TABLE _t_gho LIKE t");
    server.logs(201, "ALTER TABLE _t_gho RENAME COLUMN a TO b");
    server.logs(202, "RENAME TABLE t TO _t_del, _t_gho TO t");
    server.logs(203, "DROP TABLE _t_del");
    server.logs(300, "ALTER TABLE t RENAME COLUMN b TO c").with("t", "c");
    server.read(catalogue, 150, 250);

    assertThat(names(catalogue, "t", 250, 1)).containsExactly("b");
  }

  @Test
  void aDroppedTableIsReportedAsDropped() {
    server.endsAt(500);
    Catalogue catalogue = startedAt("e", 100);

    assertThatThrownBy(() -> names(catalogue, "t", 200, 1))
        .hasMessageContaining("information_schema does not show the table");
  }

  private Catalogue ofAServerThatNamesColumnsNow() {
    Catalogue catalogue = new Catalogue(store, name -> true);
    catalogue.connect(server, false, false);
    catalogue.begin("e", FakeServer.at(100));
    return catalogue;
  }

  @Test
  void statementsAreNotFollowedIfTheLogNamesAllColumns() {
    Catalogue catalogue = ofAServerThatNamesColumnsNow();
    server.logs(110, "CREATE TABLE t (a INT)");
    server.read(catalogue, 100, 120);

    catalogue.tableIsMapped(true);

    assertThat(catalogue.isActive()).isFalse();
    assertThat(store.keys("table")).isEmpty();
  }

  @Test
  void theServersCurrentSettingDoesNotDecideAboutTheLog() {
    server.logs(110, "CREATE TABLE t (a INT, b INT)");
    server.logs(120, "ALTER TABLE t RENAME COLUMN a TO c").with("t", "c", "b");
    Catalogue catalogue = ofAServerThatNamesColumnsNow();

    server.read(catalogue, 100, 115);
    catalogue.tableIsMapped(false);
    assertThat(names(catalogue, "t", 118, 2)).containsExactly("a", "b");
    catalogue.tableIsMapped(true);
    server.read(catalogue, 118, 130);

    assertThat(catalogue.isActive()).isTrue();
    assertThat(names(catalogue, "t", 140, 2)).containsExactly("c", "b");
  }

  @Test
  void followingContinuesAfterAReconnect() {
    server.with("t", "a").endsAt(150);
    assertThat(names(startedAt("e", 100), "t", 150, 1)).containsExactly("a");
    Catalogue catalogue = ofAServerThatNamesColumnsNow();

    catalogue.tableIsMapped(true);

    assertThat(catalogue.isActive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"versions\":[{}]}",
        "{\"versions\":[{\"kind\":7}]}",
        "{\"versions\":[{\"file\":\"log.000001\",\"pos\":1,\"read\":true,\"kind\":\"KNOWN\",\"why\":\"\"}]}"
      })
  void aDamagedEntryIsReadFromTheServerAgain(String damaged) {
    server.with("t", "a").endsAt(150);
    assertThat(names(startedAt("e", 100), "t", 150, 1)).containsExactly("a");
    store.write(Map.of("table.d.t", damaged.getBytes(UTF_8)));

    assertThat(names(startedAt("e", 150), "t", 150, 1)).containsExactly("a");
    assertThat(server.questions).isEqualTo(2);
  }

  @Test
  void aDamagedEntryOfATableThatIsAlteredLaterIsNotGuessed() {
    server.with("t", "a").endsAt(150);
    assertThat(names(startedAt("e", 100), "t", 150, 1)).containsExactly("a");
    store.write(Map.of("table.d.t", "{".getBytes(UTF_8)));
    server.logs(200, "ALTER TABLE t RENAME COLUMN a TO b").with("t", "b");
    Catalogue catalogue = startedAt("e", 160);

    assertThatThrownBy(() -> names(catalogue, "t", 170, 1)).isInstanceOf(SchemaException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DROP TABLE IF EXISTS ", "RENAME TABLE a TO b, "})
  void aStatementWithManyTablesReadsTheStoreAsOftenAsOneWithFew(String statement) {
    server.with("t", "a").endsAt(150);
    Catalogue catalogue = startedAt("e", 100);
    assertThat(names(catalogue, "t", 150, 1)).containsExactly("a");

    assertThat(questions(catalogue, statement, 5_000))
        .isEqualTo(questions(catalogue, statement, 5));
  }

  /** In an unknown schema. */
  private int questions(Catalogue catalogue, String statement, int tables) {
    String sql =
        IntStream.range(0, tables)
            .mapToObj(i -> statement.startsWith("DROP") ? "u.x" + i : "u.x" + i + " TO u.y" + i)
            .collect(joining(", ", statement, ""));
    int before = store.questions;
    catalogue.follow(new LoggedStatement("u", sql, "", MYSQL), FakeServer.at(200));
    return store.questions - before;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{}", "{\"epoch\":\"e\",\"server\":\"s\",\"file\":\"f\",\"pos\":\"x\"}"})
  void aDamagedHeadInvalidatesAllEntries(String damaged) {
    server.with("t", "a").endsAt(150);
    assertThat(names(startedAt("e", 100), "t", 150, 1)).containsExactly("a");
    store.write(Map.of("head", damaged.getBytes(UTF_8)));

    Catalogue catalogue = startedAt("e", 150);

    assertThat(store.keys("table.")).isEmpty();
    assertThat(names(catalogue, "t", 150, 1)).containsExactly("a");
  }

  @Test
  void aTableThatWasAlteredWithoutAStatementIsReportedAfterARestart() {
    server.with("t", "a", "b").endsAt(150);
    assertThat(names(startedAt("e", 100), "t", 150, 2)).containsExactly("a", "b");
    server.with("t", "b", "a").endsAt(300);

    Catalogue catalogue = startedAt("e", 160);

    assertThatThrownBy(() -> catalogue.verify("d", "t", 7, FakeServer.at(200), columns(2)))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("the server shows [b, a]");
  }

  @Test
  void aTableThatWasReadForTheSameRowIsNotReadAgain() {
    server.with("t", "a", "b").endsAt(150);
    Catalogue catalogue = startedAt("e", 100);
    assertThat(names(catalogue, "t", 150, 2)).containsExactly("a", "b");

    catalogue.verify("d", "t", 7, FakeServer.at(150), columns(2));

    assertThat(server.questions).isEqualTo(1);
  }

  @Test
  void aTableWithARemovedEntryIsReadAgain() {
    server.with("t", "a", "b").endsAt(150);
    assertThat(names(startedAt("e", 100), "t", 150, 2)).containsExactly("a", "b");
    server.with("t", "b", "a").endsAt(300);
    store.remove(List.of("table.d.t"));

    assertThat(names(startedAt("e", 160), "t", 200, 2)).containsExactly("b", "a");
  }
}
