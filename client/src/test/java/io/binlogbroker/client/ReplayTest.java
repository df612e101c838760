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
  private final GoodsRecords deliveries = new GoodsRecords();
  private final Replay replay = new Replay(Map.of(GOODS, List.of("id")));

  @Test
  void rowsEndAsTheirLastChangeLeftThem() {
    accept(
        deliveries.insert(10, 1, 7, "a"),
        deliveries.insert(20, 2, 7, "b"),
        deliveries.update(30, 1, 7, "a", "c"),
        deliveries.delete(40, 2, 7, "b"));

    assertThat(replay.finish()).isEmpty();
    assertThat(notes()).containsExactly("1:7:c");
    assertThat(replay.changes()).isEqualTo(4);
  }

  @Test
  void twoKeysMayArriveInAnyOrder() {
    accept(
        deliveries.insert(30, 3, 8, "later"),
        deliveries.insert(10, 1, 7, "a"),
        deliveries.insert(40, 4, 8, "last"),
        deliveries.insert(20, 2, 7, "b"));

    assertThat(replay.finish()).isEmpty();
    assertThat(notes()).hasSize(4);
  }

  @Test
  void aRowThatMovesToAnotherKeyMayArriveThereFirst() {
    accept(
        deliveries.arrives(20, 8, 7, row(1, 8, "a")),
        deliveries.update(30, 1, 8, "a", "b"),
        deliveries.insert(10, 1, 7, "a"),
        deliveries.leaves(20, 7, 8, row(1, 7, "a")));

    assertThat(replay.finish()).isEmpty();
    assertThat(notes()).containsExactly("1:8:b");
    assertThat(replay.changes()).isEqualTo(3);
  }

  @Test
  void aRowMayMoveThereAndBackAgain() {
    accept(
        deliveries.insert(10, 1, 7, "a"),
        deliveries.leaves(20, 7, 8, row(1, 7, "a")),
        deliveries.arrives(40, 7, 8, row(1, 7, "b")),
        deliveries.arrives(20, 8, 7, row(1, 8, "b")),
        deliveries.leaves(40, 8, 7, row(1, 8, "b")));

    assertThat(replay.finish()).isEmpty();
    assertThat(notes()).containsExactly("1:7:b");
  }

  @Test
  void minimalImagesOfAMovedRowAreOneUpdate() {
    accept(
        deliveries.insert(10, 1, 7, "a"),
        deliveries.leaves(20, 7, 8, "{\"id\":1}"),
        deliveries.arrives(20, 8, 7, "{\"usr_id\":8}"));

    assertThat(replay.finish()).isEmpty();
    assertThat(notes()).containsExactly("1:8:a");
  }

  @Test
  void minimalImagesLeaveTheOtherColumnsAsTheyWere() {
    accept(
        deliveries.insert(10, 1, 7, "a"),
        deliveries.record(7, message("u", 20, "{\"id\":1}", "{\"note\":\"b\"}")));

    assertThat(replay.finish()).isEmpty();
    assertThat(notes()).containsExactly("1:7:b");
  }

  @Test
  void anUpdateMayChangeThePrimaryKey() {
    accept(
        deliveries.insert(10, 1, 7, "a"),
        deliveries.record(7, message("u", 20, row(1, 7, "a"), row(2, 7, "a"))));

    assertThat(replay.finish()).isEmpty();
    assertThat(notes()).containsExactly("2:7:a");
  }

  @Test
  void aChangeThatCameTwiceIsReportedAndAppliedOnce() {
    accept(deliveries.insert(10, 1, 7, "a"), deliveries.insert(10, 1, 7, "a"));

    assertThat(kinds()).containsExactly(Kind.REPEATED);
    assertThat(notes()).containsExactly("1:7:a");
  }

  @Test
  void aHalfThatCameTwiceIsReported() {
    accept(
        deliveries.insert(10, 1, 7, "a"),
        deliveries.leaves(20, 7, 8, row(1, 7, "a")),
        deliveries.arrives(20, 8, 7, row(1, 8, "a")),
        deliveries.arrives(20, 8, 7, row(1, 8, "a")));

    assertThat(kinds()).containsExactly(Kind.REPEATED);
  }

  @Test
  void aChangeBehindALaterOneOfItsKeyIsReported() {
    accept(deliveries.insert(20, 2, 7, "b"), deliveries.insert(10, 1, 7, "a"));

    List<Violation> violations = replay.finish();

    assertThat(violations).extracting(Violation::kind).containsExactly(Kind.OUT_OF_ORDER);
    assertThat(violations.get(0))
        .hasToString(
            "OUT_OF_ORDER mall_db.goods binlog.000002:10#0: came after binlog.000002:20#0 of the"
                + " same key 7, at mall_db-1 offset 1");
  }

  @Test
  void aLostInsertShowsInTheUpdateAfterIt() {
    accept(deliveries.update(20, 1, 7, "a", "b"));

    assertThat(kinds()).containsExactly(Kind.ROW_MISSING);
    assertThat(notes()).containsExactly("1:7:b");
  }

  @Test
  void aLostUpdateShowsInTheDeleteAfterIt() {
    accept(deliveries.insert(10, 1, 7, "a"), deliveries.delete(30, 1, 7, "b"));

    List<Violation> violations = replay.finish();

    assertThat(violations).extracting(Violation::kind).containsExactly(Kind.ROW_DIFFERS);
    assertThat(violations.get(0).detail()).contains("[note]");
  }

  @Test
  void aLostDeleteShowsInTheInsertAfterIt() {
    accept(deliveries.insert(10, 1, 7, "a"), deliveries.insert(30, 1, 7, "b"));

    assertThat(kinds()).containsExactly(Kind.ROW_EXISTS);
  }

  @Test
  void aLostHalfIsReported() {
    accept(deliveries.insert(10, 1, 7, "a"), deliveries.leaves(20, 7, 8, row(1, 7, "a")));

    assertThat(kinds()).containsExactly(Kind.LONE_HALF);
    assertThat(notes()).isEmpty();
  }

  @Test
  void aTableOfNoInterestIsOnlyCheckedForItsOrder() {
    Replay onlyOrder = new Replay(Map.of());
    onlyOrder.accept(deliveries.update(20, 1, 7, "a", "b"));
    onlyOrder.accept(deliveries.update(10, 1, 7, "a", "b"));

    assertThat(onlyOrder.finish()).extracting(Violation::kind).containsExactly(Kind.OUT_OF_ORDER);
    assertThatThrownBy(() -> onlyOrder.rows(GOODS)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void afterTheEndNothingIsTaken() {
    replay.finish();

    assertThatThrownBy(() -> replay.accept(deliveries.insert(10, 1, 7, "a")))
        .isInstanceOf(IllegalStateException.class);
  }

  private void accept(ChangeRecord... records) {
    List.of(records).forEach(replay::accept);
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
