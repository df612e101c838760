package io.binlogbroker.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.binlogbroker.broker.fixture.SelectedAs;
import io.binlogbroker.cli.fuzz.TableLife.Change;
import io.binlogbroker.client.ChangeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableLifeTest {
  private static final ChangeId BEGIN = new ChangeId("binlog.000001", 100, -1);
  private static final ChangeId END = new ChangeId("binlog.000002", 100, -1);

  private final TableLife life =
      new TableLife(table(), "CREATE", BEGIN, List.of(selected("1", "a")));

  private static RandomTable table() {
    RandomType number = RandomType.of("INT", SelectedAs.NUMBER, dice -> "1");
    RandomType text = RandomType.of("TEXT", SelectedAs.TEXT, dice -> "'x'");
    return new RandomTable(
        "db",
        "t",
        List.of(RandomColumn.plain("id", number, false), RandomColumn.plain("v", text, true)),
        true);
  }

  private static Map<String, @Nullable String> selected(String id, @Nullable String text) {
    Map<String, @Nullable String> row = new LinkedHashMap<>();
    row.put("id", id);
    row.put("v", text);
    return row;
  }

  private static Map<String, JsonNode> image(int id, String text) {
    Map<String, JsonNode> image = new LinkedHashMap<>();
    image.put("id", IntNode.valueOf(id));
    image.put("v", TextNode.valueOf(text));
    return image;
  }

  private static Change change(
      int row, @Nullable Map<String, JsonNode> before, @Nullable Map<String, JsonNode> after) {
    return new Change(new ChangeId("binlog.000001", 200, row), null, before, after);
  }

  @Test
  void changesBetweenTwoSelectsAreAccepted() {
    life.end(END, List.of(selected("2", "b"), selected("3", "c")));

    assertThat(
            life.differences(
                List.of(change(0, image(1, "a"), image(3, "c")), change(1, null, image(2, "b")))))
        .isEmpty();
  }

  @Test
  void aLostChangeIsDetected() {
    life.end(END, List.of(selected("1", "a"), selected("2", "b")));

    assertThat(life.differences(List.of())).singleElement().asString().contains("not rebuilt");
  }

  @Test
  void aDuplicateChangeIsDetected() {
    life.end(END, List.of(selected("1", "a"), selected("2", "b")));
    Change insert = change(0, null, image(2, "b"));

    assertThat(life.differences(List.of(insert, insert)))
        .singleElement()
        .asString()
        .contains("not in the table");
  }

  @Test
  void aWrongValueIsDetected() {
    life.end(END, List.of(selected("1", "a"), selected("2", "b")));

    assertThat(life.differences(List.of(change(0, null, image(2, "B"))))).hasSize(2);
  }

  @Test
  void aBeforeImageWithoutARowIsDetected() {
    life.end(END, List.of());

    assertThat(life.differences(List.of(change(0, image(1, "z"), null))))
        .first()
        .asString()
        .contains("no row to change");
  }

  @Test
  void aWrongColumnNameIsDetected() {
    life.end(END, List.of(selected("1", "a"), selected("2", "b")));
    Map<String, JsonNode> image = image(2, "b");
    image.put("w", image.remove("v"));

    assertThat(life.differences(List.of(change(0, null, image))))
        .first()
        .asString()
        .contains("expected the columns [id, v]");
  }

  /** Rows with a column v that is generated from the other one. */
  private static TableLife ofVirtual() {
    RandomColumn id = table().columns().get(0);
    RandomColumn text = table().columns().get(1);
    RandomColumn virtual =
        RandomColumn.generated("v", text.type(), " AS (CONCAT('v', id)) VIRTUAL");
    RandomTable table = new RandomTable("db", "t", List.of(id, virtual), true);
    TableLife life = new TableLife(table, "CREATE", BEGIN, List.of(selected("1", "v1")));
    life.end(END, List.of(selected("2", "v2")));
    return life;
  }

  private static Map<String, JsonNode> withoutVirtual(int id) {
    Map<String, JsonNode> image = image(id, "");
    image.remove("v");
    return image;
  }

  @Test
  void aVirtualColumnMayBeAbsentIfTheLogLacksIt() {
    Change update = change(0, withoutVirtual(1), withoutVirtual(2));
    TableLife life = ofVirtual();
    life.lackVirtual();

    assertThat(life.differences(List.of(update))).isEmpty();
    assertThat(ofVirtual().differences(List.of(update))).isNotEmpty();
  }

  @Test
  void aStaleVirtualColumnIsDetected() {
    TableLife life = ofVirtual();
    life.lackVirtual();

    assertThat(life.differences(List.of(change(0, image(1, "v1"), image(2, "v1"))))).isNotEmpty();
  }

  @Test
  void onlyChangesBetweenBothEndsBelongToIt() {
    life.end(END, List.of());

    assertThat(life.covers(new ChangeId("binlog.000001", 99, 0))).isFalse();
    assertThat(life.covers(new ChangeId("binlog.000001", 100, 0))).isTrue();
    assertThat(life.covers(new ChangeId("binlog.000002", 99, 7))).isTrue();
    assertThat(life.covers(new ChangeId("binlog.000002", 100, 0))).isFalse();
  }
}
