package io.binlogbroker.engine.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveredRows;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A partly delivered transaction continues at a replica, which writes its rows in different events
 * at different offsets.
 */
class OtherReplicaTest {
  private static final FakeTable GOODS = FakeTable.of("mall", "goods");
  private static final Duration HOUR = Duration.ofHours(1);

  /** Commits after each row, in the middle of transactions. */
  private static final CommitPolicy EAGER = new CommitPolicy(HOUR, 1, 1, HOUR);

  private static final CommitPolicy LAZY = new CommitPolicy(HOUR, 1 << 30, 1 << 30, HOUR);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everyRowArrivesOnceAfterAFailoverAtAnyRow(long seed) {
    List<ScriptedItem> script = Script.of(seed);
    Random random = new Random(seed);
    RecordingTopic whole = new RecordingTopic();
    run(server("binlog", script), whole, EAGER, null);

    for (Position split : whole.commits()) {
      RecordingTopic here = new RecordingTopic();
      RecordingTopic there = new RecordingTopic();
      run(server("binlog", script), here, LAZY, split);
      run(server("relay", regrouped(script, random)), there, LAZY, split);

      assertThat(rows(there)).isEqualTo(rows(here));
      assertThat(rows(whole)).endsWith(rows(there).toArray(String[]::new));
    }
  }

  private static List<String> rows(RecordingTopic topic) {
    return topic.values().stream().map(value -> value.replaceFirst(" at .*", "")).toList();
  }

  @Test
  void rowsThatDifferFromTheDeliveredOnesStopTheRelay() {
    Position split = splitAfterTwoOf(1, 2, 3);

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> run(server("relay", 1, 9, 3), new RecordingTopic(), LAZY, split))
        .withMessageContaining("differ in this server's log, or are in another order")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.POSITION_LOST));
  }

  @Test
  void theSameRowsInAnotherOrderStopTheRelay() {
    Position split = splitAfterTwoOf(1, 2, 3);

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> run(server("relay", 1, 3, 2), new RecordingTopic(), LAZY, split))
        .withMessageContaining("in another order");
  }

  @Test
  void fewerRowsThanDeliveredStopTheRelay() {
    Position split = splitAfterTwoOf(1, 2, 3);

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> run(server("relay", 1), new RecordingTopic(), LAZY, split))
        .withMessageContaining("has fewer rows than were delivered of it");
  }

  @Test
  void anotherTransactionFirstStopsTheRelay() {
    Position split = splitAfterTwoOf(1, 2, 3);
    Position later =
        new Position(
            new BinlogPosition("none.000001", 4),
            "none",
            split.rowsEvents(),
            split.rows(),
            new DeliveredRows(ScriptedServer.UUID + ":7", 48, 1),
            split.serverUuid(),
            0,
            "e");
    ScriptedServer server = server("relay", 1, 2, 3);

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> run(server, new RecordingTopic(), LAZY, later, server.position(0, "e")))
        .withMessageContaining("Expected the transaction " + ScriptedServer.UUID + ":7")
        .withMessageContaining("replica_preserve_commit_order");
  }

  private static Position splitAfterTwoOf(long... ids) {
    RecordingTopic topic = new RecordingTopic();
    run(server("binlog", ids), topic, EAGER, null);
    return topic.commits().get(1);
  }

  private static ScriptedServer server(String files, long... ids) {
    return server(files, List.of(ScriptedItem.transaction(ScriptedEvent.inserts(GOODS, ids))));
  }

  private static ScriptedServer server(String files, List<ScriptedItem> items) {
    return new ScriptedServer(items.toArray(ScriptedItem[]::new)).files(files).ready(item -> true);
  }

  private static void run(
      ScriptedServer server, RecordingTopic topic, CommitPolicy policy, @Nullable Position start) {
    Position from = start == null ? server.position(0, "e") : start;
    run(server, topic, policy, from, from);
  }

  private static void run(
      ScriptedServer server,
      RecordingTopic topic,
      CommitPolicy policy,
      Position start,
      Position opened) {
    Relay relay =
        new Relay(
            new RelaySetup(Deliveries.of("goods", "orders"), Deliveries::by, policy, () -> 1_000),
            server.open(opened),
            new RecordingSink(topic, true),
            SnapshotFeed.NONE,
            start,
            () -> true);
    server.atEnd(relay::stop);
    relay.run();
  }

  /**
   * The same rows in different events: adjacent events of one table are merged and split elsewhere.
   */
  private static List<ScriptedItem> regrouped(List<ScriptedItem> script, Random random) {
    return script.stream()
        .map(item -> new ScriptedItem(item.kind(), regroupedEvents(item.events(), random)))
        .toList();
  }

  private static List<ScriptedEvent> regroupedEvents(List<ScriptedEvent> events, Random random) {
    List<ScriptedEvent> regrouped = new ArrayList<>();
    for (ScriptedEvent event : joined(events)) {
      int from = 0;
      while (from < event.rows().size()) {
        int to = from + 1 + random.nextInt(event.rows().size() - from);
        regrouped.add(
            new ScriptedEvent(event.table(), event.action(), event.rows().subList(from, to)));
        from = to;
      }
    }
    return regrouped;
  }

  private static List<ScriptedEvent> joined(List<ScriptedEvent> events) {
    List<ScriptedEvent> joined = new ArrayList<>();
    for (ScriptedEvent event : events) {
      ScriptedEvent last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last == null || last.table() != event.table() || last.action() != event.action()) {
        joined.add(event);
        continue;
      }
      List<ScriptedEvent.Row> rows = new ArrayList<>(last.rows());
      rows.addAll(event.rows());
      joined.set(joined.size() - 1, new ScriptedEvent(event.table(), event.action(), rows));
    }
    return joined;
  }
}
