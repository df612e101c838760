package io.binlogbroker.client;

import static io.binlogbroker.client.GoodsRecords.GOODS;
import static io.binlogbroker.client.GoodsRecords.message;
import static io.binlogbroker.client.GoodsRecords.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.client.Violation.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private final GoodsRecords records = new GoodsRecords();
  private final Replay replay = new Replay(Map.of(GOODS, List.of("id")));

  @Test
  void rowsHaveTheValuesOfTheirLastChange() {
    accept(
        records.insert(10, 1, 7, "a"),
        records.insert(20, 2, 7, "b"),
        records.update(30, 1, 7, "a", "c"),
        records.delete(40, 2, 7, "b"));

    assertThat(replay.finish()).isEmpty();
    assertThat(notes()).containsExactly("1:7:c");
    assertThat(replay.changes()).isEqualTo(4);
  }

  @Test
  void changesOfTwoKeysMayArriveInAnyOrder() {
    accept(
        records.insert(30, 3, 8, "later"),
        records.insert(10, 1, 7, "a"),
        records.insert(40, 4, 8, "last"),
        records.insert(20, 2, 7, "b"));

    assertThat(replay.finish()).isEmpty();
    assertThat(notes()).hasSize(4);
  }

  @Test
  void theInsertHalfOfAKeyChangeMayArriveFirst() {
    accept(
        records.arrives(20, 8, 7, row(1, 8, "a")),
        records.update(30, 1, 8, "a", "b"),
        records.insert(10, 1, 7, "a"),
        records.leaves(20, 7, 8, row(1, 7, "a")));

    assertThat(replay.finish()).isEmpty();
    assertThat(notes()).containsExactly("1:8:b");
    assertThat(replay.changes()).isEqualTo(3);
  }

  @Test
  void aRowMayChangeItsKeyAndChangeItBack() {
    accept(
        records.insert(10, 1, 7, "a"),
        records.leaves(20, 7, 8, row(1, 7, "a")),
        records.arrives(40, 7, 8, row(1, 7, "b")),
        records.arrives(20, 8, 7, row(1, 8, "b")),
        records.leaves(40, 8, 7, row(1, 8, "b")));

    assertThat(replay.finish()).isEmpty();
    assertThat(notes()).containsExactly("1:7:b");
  }

  @Test
  void minimalImagesOfAKeyChangeAreOneUpdate() {
    accept(
        records.insert(10, 1, 7, "a"),
        records.leaves(20, 7, 8, "{\"id\":1}"),
        records.arrives(20, 8, 7, "{\"usr_id\":8}"));

    assertThat(replay.finish()).isEmpty();
    assertThat(notes()).containsExactly("1:8:a");
  }

  @Test
  void columnsMissingFromMinimalImagesAreUnchanged() {
    accept(
        records.insert(10, 1, 7, "a"),
        records.record(7, message("u", 20, "{\"id\":1}", "{\"note\":\"b\"}")));

    assertThat(replay.finish()).isEmpty();
    assertThat(notes()).containsExactly("1:7:b");
  }

  @Test
  void anUpdateMayChangeThePrimaryKey() {
    accept(
        records.insert(10, 1, 7, "a"),
        records.record(7, message("u", 20, row(1, 7, "a"), row(2, 7, "a"))));

    assertThat(replay.finish()).isEmpty();
    assertThat(notes()).containsExactly("2:7:a");
  }

  @Test
  void aDuplicateChangeIsReportedAndAppliedOnce() {
    accept(records.insert(10, 1, 7, "a"), records.insert(10, 1, 7, "a"));

    assertThat(kinds()).containsExactly(Kind.REPEATED);
    assertThat(notes()).containsExactly("1:7:a");
  }

  @Test
  void aDuplicateHalfOfAKeyChangeIsReported() {
    accept(
        records.insert(10, 1, 7, "a"),
        records.leaves(20, 7, 8, row(1, 7, "a")),
        records.arrives(20, 8, 7, row(1, 8, "a")),
        records.arrives(20, 8, 7, row(1, 8, "a")));

    assertThat(kinds()).containsExactly(Kind.REPEATED);
  }

  @Test
  void aChangeAfterALaterOneOfItsKeyIsReported() {
    accept(records.insert(20, 2, 7, "b"), records.insert(10, 1, 7, "a"));

    List<Violation> violations = replay.finish();

    assertThat(violations).extracting(Violation::kind).containsExactly(Kind.OUT_OF_ORDER);
    assertThat(violations.get(0))
        .hasToString(
            "OUT_OF_ORDER mall_db.goods binlog.000002:10#0: arrived after binlog.000002:20#0 of the"
                + " same key 7, at mall_db-1 offset 1");
  }

  @Test
  void aMissingInsertIsReportedAtTheNextUpdate() {
    accept(records.update(20, 1, 7, "a", "b"));

    assertThat(kinds()).containsExactly(Kind.ROW_MISSING);
    assertThat(notes()).containsExactly("1:7:b");
  }

  @Test
  void aMissingUpdateIsReportedAtTheNextDelete() {
    accept(records.insert(10, 1, 7, "a"), records.delete(30, 1, 7, "b"));

    List<Violation> violations = replay.finish();

    assertThat(violations).extracting(Violation::kind).containsExactly(Kind.ROW_DIFFERS);
    assertThat(violations.get(0).detail()).contains("[note]");
  }

  @Test
  void aMissingDeleteIsReportedAtTheNextInsert() {
    accept(records.insert(10, 1, 7, "a"), records.insert(30, 1, 7, "b"));

    assertThat(kinds()).containsExactly(Kind.ROW_EXISTS);
  }

  @Test
  void aMissingHalfOfAKeyChangeIsReported() {
    accept(records.insert(10, 1, 7, "a"), records.leaves(20, 7, 8, row(1, 7, "a")));

    assertThat(kinds()).containsExactly(Kind.LONE_HALF);
    assertThat(notes()).isEmpty();
  }

  @Test
  void anUnlistedTableIsOnlyCheckedForOrder() {
    Replay onlyOrder = new Replay(Map.of());
    onlyOrder.accept(records.update(20, 1, 7, "a", "b"));
    onlyOrder.accept(records.update(10, 1, 7, "a", "b"));

    assertThat(onlyOrder.finish()).extracting(Violation::kind).containsExactly(Kind.OUT_OF_ORDER);
    assertThatThrownBy(() -> onlyOrder.rows(GOODS)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void changesAfterFinishAreRejected() {
    replay.finish();

    assertThatThrownBy(() -> replay.accept(records.insert(10, 1, 7, "a")))
        .isInstanceOf(IllegalStateException.class);
  }

  private void accept(ChangeRecord... changes) {
    List.of(changes).forEach(replay::accept);
  }

  private List<Kind> kinds() {
    return replay.finish().stream().map(Violation::kind).toList();
  }

  private List<String> notes() {
    return replay.rows(GOODS).values().stream()
        .map(row -> row.get("id") + ":" + row.get("usr_id") + ":" + row.get("note").asText())
        .toList();
  }
}
