package io.binlogbroker.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.binlogbroker.broker.relay.Message.Half;
import io.binlogbroker.broker.relay.ScriptedItem.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class RelayTest {
  private static final FakeTable GOODS = FakeTable.of("mall", "goods");
  private static final FakeTable NOISE = FakeTable.of("mall", "noise");
  private static final long NOW = 1_000_000;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final CommitPolicy LAZY = new CommitPolicy(HOUR, 1 << 30, 1 << 30, HOUR);

  private final RecordingTopic topic = new RecordingTopic();
  private RecordingSink sink = new RecordingSink(topic, true);
  private final RulesInForce rules = Deliveries.of("goods");
  private LongSupplier clock = () -> NOW;
  private boolean mayWork = true;

  @Test
  void commitsAtOnceWhenTheSourceHasNothingMore() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2)).ready(item -> false);

    run(server, LAZY);

    assertThat(topic.commits()).containsExactly(at(server, 1), at(server, 2));
  }

  @Test
  void waitsWithTheCommitWhileTheSourceHasMore() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2)).ready(item -> true);

    run(server, LAZY);

    assertThat(topic.commits()).containsExactly(at(server, 2));
  }

  @Test
  void commitsBySizeAtTheEndOfATransactionOnly() {
    ScriptedServer server = new ScriptedServer(goods(1, 2, 3), goods(4)).ready(item -> true);

    run(server, new CommitPolicy(HOUR, 1, 1 << 30, HOUR));

    assertThat(topic.commits()).containsExactly(at(server, 1), at(server, 2));
  }

  @Test
  void commitsByTheIntervalAtTheEndOfATransactionOnly() {
    ScriptedServer server = new ScriptedServer(goods(1, 2, 3), goods(4)).ready(item -> true);
    clock = ticking(10);

    run(server, new CommitPolicy(Duration.ofMillis(1), 1 << 30, 1 << 30, HOUR));

    assertThat(topic.commits()).containsExactly(at(server, 1), at(server, 2));
  }

  @Test
  void commitsLessOftenInABacklogAfterTheFirstTime() {
    ScriptedServer server =
        new ScriptedServer(goods(1), goods(2), goods(3), goods(4), goods(5)).ready(item -> true);
    clock = ticking(10);

    run(server, new CommitPolicy(Duration.ofMillis(30), 1 << 30, 1 << 30, HOUR));

    assertThat(topic.commits()).containsExactly(at(server, 2), at(server, 5));
  }

  @Test
  void gathersWhatComesWhileACommitIsUnderWay() {
    ScriptedServer server =
        new ScriptedServer(goods(1), goods(2), goods(3), goods(4), goods(5)).ready(item -> true);
    Iterator<Boolean> answers = List.of(false, true, true, false, true).iterator();
    sink.committing(answers::next);

    run(server, new CommitPolicy(HOUR, 1, 1 << 30, HOUR));

    assertThat(topic.commits()).containsExactly(at(server, 1), at(server, 4), at(server, 5));
  }

  @Test
  void gathersNoMoreThanMayBeInOneCommit() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2), goods(3)).ready(item -> true);
    sink.committing(() -> true);

    run(server, new CommitPolicy(HOUR, 1, 1, HOUR));

    assertThat(topic.commits()).extracting(Position::rows).containsExactly(1L, 1L, 1L, 0L);
  }

  @Test
  void cutsALargeTransactionAndCountsWhatOfItIsDelivered() {
    ScriptedServer server =
        new ScriptedServer(
                ScriptedItem.transaction(
                    ScriptedEvent.inserts(GOODS, 1, 2),
                    ScriptedEvent.inserts(NOISE, 9),
                    ScriptedEvent.inserts(GOODS, 3)))
            .ready(item -> true);

    run(server, new CommitPolicy(HOUR, 1, 1, HOUR));

    assertThat(topic.commits())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("delivered")
        .containsExactly(
            server.position(0, 0, 1, "e"),
            server.position(0, 0, 2, "e"),
            server.position(0, 2, 1, "e"),
            at(server, 1));
  }

  @Test
  void cutsATransactionThatLastsTooLong() {
    ScriptedServer server =
        new ScriptedServer(
                ScriptedItem.transaction(
                    ScriptedEvent.inserts(GOODS, 1), ScriptedEvent.inserts(GOODS, 2)))
            .ready(item -> true);
    clock = ticking(10);

    run(server, new CommitPolicy(HOUR, 1 << 30, 1 << 30, Duration.ofMillis(5)));

    assertThat(topic.commits())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("delivered")
        .containsExactly(
            server.position(0, 1, 0, "e"), server.position(0, 2, 0, "e"), at(server, 1));
  }

  @Test
  void aBusySourceOfFilteredTablesMovesThePositionOnceASecond() {
    ScriptedServer server =
        new ScriptedServer(noise(), noise(), noise(), ScriptedItem.idle(), noise(), noise())
            .ready(item -> true);
    clock = () -> NOW + 400L * server.opened().get(0).item();

    run(server, LAZY);

    assertThat(topic.messages()).isEmpty();
    assertThat(topic.commits()).containsExactly(at(server, 1), at(server, 4), at(server, 6));
  }

  @Test
  void aClockThatIsSetBackDoesNotHoldUpThePosition() {
    ScriptedServer server =
        new ScriptedServer(noise(), noise(), noise(), noise()).ready(item -> true);
    clock =
        () -> {
          int item = server.opened().get(0).item();
          return item < 2 ? NOW : NOW / 2 + 1_000L * item;
        };

    run(server, LAZY);

    assertThat(topic.commits()).containsExactly(at(server, 1), at(server, 3), at(server, 4));
  }

  @Test
  void goesOnBehindTheRowsThatWereDelivered() {
    ScriptedServer server =
        new ScriptedServer(
            ScriptedItem.transaction(
                ScriptedEvent.inserts(GOODS, 1, 2), ScriptedEvent.inserts(GOODS, 3, 4, 5)));

    run(server, LAZY, server.position(0, 1, 1, "e"));

    assertThat(topic.values())
        .containsExactly(
            "mall.goods INSERT null>4/7 at binlog.000001:114 row 1",
            "mall.goods INSERT null>5/7 at binlog.000001:114 row 2");
  }

  @Test
  void endsWhenAPartlyDeliveredTransactionDoesNotComeBackAtItsPlace() {
    ScriptedServer server = new ScriptedServer(ScriptedItem.idle(), goods(1)).ready(item -> false);

    RelayException e = failure(server, server.position(0, 1, 0, "e"));

    assertThat(e.exitCode()).isEqualTo(ExitCode.POSITION_LOST);
    assertThat(e).hasMessageContaining("binlog.000001:4 (+1 rows events, 0 rows)");
    assertThat(e)
        .hasMessageContaining("begins with " + ScriptedServer.UUID + ":2 at binlog.000001:1004");
    assertThat(topic.commits()).isEmpty();
  }

  @Test
  void endsWhenAPartlyDeliveredTransactionComesBackWithFewerEvents() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2));

    RelayException e = failure(server, server.position(0, 2, 0, "e"));

    assertThat(e.exitCode()).isEqualTo(ExitCode.POSITION_LOST);
    assertThat(e).hasMessageContaining("shorter than what was delivered of it");
  }

  @Test
  void endsWhenAPartlyDeliveredEventComesBackWithFewerRows() {
    ScriptedServer server = new ScriptedServer(goods(1, 2), goods(3));

    RelayException e = failure(server, server.position(0, 0, 3, "e"));

    assertThat(e.exitCode()).isEqualTo(ExitCode.POSITION_LOST);
    assertThat(topic.messages()).isEmpty();
  }

  @Test
  void stopsAtAChangeInStatementFormat() {
    ScriptedServer server =
        new ScriptedServer(goods(1), ScriptedItem.of(Kind.STATEMENT)).ready(item -> true);

    RelayException e = failure(server, at(server, 0));

    assertThat(e.exitCode()).isEqualTo(ExitCode.UNDELIVERABLE);
    assertThat(e)
        .hasMessageStartingWith("A change in statement format (INSERT ...) at binlog.000001:1004")
        .hasMessageContaining("OnStatementEvent");
    assertThat(topic.commits()).containsExactly(at(server, 1));
  }

  @Test
  void refusesARollbackBehindRowsThatEverybodyHasSeen() {
    sink = new RecordingSink(topic, false);
    ScriptedServer server =
        new ScriptedServer(ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(GOODS, 1)));

    RelayException e = failure(server, at(server, 0));

    assertThat(e.exitCode()).isEqualTo(ExitCode.UNDELIVERABLE);
    assertThat(e).hasMessageStartingWith("The transaction at binlog.000001:4 was rolled back");
    assertThat(topic.commits()).isEmpty();
  }

  @Test
  void refusesARollbackBehindRowsThatAreCommitted() {
    ScriptedServer server =
        new ScriptedServer(ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(GOODS, 1, 2)));
    Relay relay = relay(server, new CommitPolicy(HOUR, 1, 1, HOUR), at(server, 0));

    RelayException e = catchThrowableOfType(RelayException.class, relay::run);

    assertThat(e.exitCode()).isEqualTo(ExitCode.UNDELIVERABLE);
    assertThat(e.isPassing()).isFalse();
  }

  @Test
  void takesBackWhatNobodyHasBegunToSend() {
    ScriptedServer server =
        new ScriptedServer(
                goods(1),
                ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(GOODS, 2)),
                goods(3))
            .ready(item -> true);
    SendAhead ahead = new SendAhead(sink, () -> true);
    ahead.open();

    relay(server, LAZY, at(server, 0), ahead).run();

    assertThat(topic.values())
        .extracting(value -> value.split(" ")[2])
        .containsExactly("null>1/7", "null>3/7");
    assertThat(topic.position()).isEqualTo(at(server, 3));
    ahead.close();
  }

  @Test
  void readsATransactionAgainWhoseRowsAreOnTheirWay() {
    ScriptedItem undone = ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(GOODS, 2));
    ScriptedServer server = new ScriptedServer(goods(1), undone, goods(3)).ready(item -> true);
    Relay first = relay(server, LAZY, at(server, 0));

    RelayException e = catchThrowableOfType(RelayException.class, first::run);
    sink = new RecordingSink(topic, true);
    run(server, LAZY);

    assertThat(e.isToBeDoneAgain()).isTrue();
    assertThat(topic.messages()).hasSize(2);
    assertThat(topic.commits()).containsExactly(at(server, 3));
  }

  @Test
  void refusesARollbackBehindRowsThatAPredecessorDelivered() {
    ScriptedServer server =
        new ScriptedServer(ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(GOODS, 1)));

    RelayException e = failure(server, server.position(0, 1, 0, "e"));

    assertThat(e.exitCode()).isEqualTo(ExitCode.UNDELIVERABLE);
  }

  @Test
  void passesARollbackOfOtherTables() {
    ScriptedServer server =
        new ScriptedServer(
            ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(NOISE, 1)), goods(2));

    run(server, LAZY);

    assertThat(topic.position()).isEqualTo(at(server, 2));
  }

  @Test
  void anUpdateThatChangesTheKeyLeavesAndArrives() {
    run(new ScriptedServer(ScriptedItem.transaction(ScriptedEvent.update(GOODS, 5, 41, 42))), LAZY);

    assertThat(topic.values())
        .containsExactly(
            "mall.goods DELETE 5/41>null at binlog.000001:104 row 0",
            "mall.goods INSERT null>5/42 at binlog.000001:104 row 0");
    assertThat(topic.messages())
        .extracting(Message::half)
        .containsExactly(Half.LEAVES, Half.ARRIVES);
    assertThat(topic.messages()).extracting(m -> text(m.key())).containsExactly("41", "42");
    assertThat(topic.messages()).extracting(m -> text(m.otherKey())).containsExactly("42", "41");
  }

  @Test
  void tellsWhichRowWasRefused() {
    ScriptedServer server = new ScriptedServer(goods(1, 2));
    topic.plug(
        Plug.doAt(2, () -> sink.fail(RelayException.fatal(ExitCode.UNDELIVERABLE, "Too large"))));

    RelayException e = failure(server, at(server, 0));

    assertThat(e).hasMessage("Too large (mall.goods row 1 at binlog.000001:104)");
    assertThat(topic.messages()).isEmpty();
  }

  @Test
  void countsTheRowsThatShareAnOffsetThrough() {
    run(
        new ScriptedServer(
            ScriptedItem.of(
                Kind.COMPRESSED,
                ScriptedEvent.inserts(GOODS, 1, 2),
                ScriptedEvent.inserts(GOODS, 3))),
        LAZY);

    assertThat(topic.values()).last().asString().endsWith("3/7 at binlog.000001:104 row 2");
  }

  @Test
  void neverReadsTheRowsOfFilteredTables() {
    ScriptedServer server = new ScriptedServer(noise());

    run(server, LAZY);

    assertThat(server.opened().get(0).handedOut())
        .singleElement()
        .satisfies(rows -> assertThat(rows.index()).isEqualTo(-1));
  }

  @Test
  void stoppedInsideATransactionOfFilteredTablesItStandsBeforeIt() {
    ScriptedServer server =
        new ScriptedServer(
            ScriptedItem.transaction(
                ScriptedEvent.inserts(NOISE, 1), ScriptedEvent.inserts(GOODS, 2)));
    Relay relay = relay(server, LAZY, at(server, 0));
    server.plug(Plug.doAt(2, relay::stop));

    relay.run();

    assertThat(topic.position()).isEqualTo(at(server, 0));
  }

  @Test
  void stoppedInsideATransactionItCommitsWhatWasSent() {
    ScriptedServer server = new ScriptedServer(goods(1, 2, 3));
    Relay relay = relay(server, LAZY, at(server, 0));
    topic.plug(Plug.doAt(1, relay::stop));

    relay.run();

    assertThat(topic.messages()).hasSize(3);
    assertThat(topic.position())
        .usingRecursiveComparison()
        .ignoringFields("delivered")
        .isEqualTo(server.position(0, 1, 0, "e"));
  }

  @Test
  void doesNothingWhenItIsStoppedBeforeItRuns() {
    ScriptedServer server = new ScriptedServer(goods(1));
    Relay relay = relay(server, LAZY, at(server, 0));
    relay.stop();
    relay.stop();

    relay.run();

    assertThat(topic.commits()).isEmpty();
  }

  @Test
  void stopsWhileItWaitsForTheSource() throws InterruptedException {
    CountDownLatch waiting = new CountDownLatch(1);
    ScriptedServer server = new ScriptedServer(goods(1));
    Relay relay = relay(server, LAZY, at(server, 0));
    server.atEnd(waiting::countDown);
    Thread thread = new Thread(relay::run, "relay");
    thread.start();
    assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();

    relay.stop();
    thread.join(10_000);

    assertThat(thread.isAlive()).isFalse();
    assertThat(topic.position()).isEqualTo(at(server, 1));
  }

  @Test
  void aSinkThatFailsDuringAStopIsNotTakenForASourceLetGo() {
    ScriptedServer server = new ScriptedServer(goods(1, 2));
    Relay relay = relay(server, LAZY, at(server, 0));
    topic.plug(
        Plug.doAt(
            2,
            () -> {
              relay.stop();
              sink.fail(RelayException.passing(ExitCode.UNREACHABLE, "Kafka is away", null));
            }));

    RelayException e = catchThrowableOfType(RelayException.class, relay::run);

    assertThat(e).hasMessageStartingWith("Kafka is away (mall.goods row 1");
    assertThat(topic.commits()).isEmpty();
  }

  @Test
  void takesUpNewRulesAtTheNextTransaction() {
    ScriptedServer server = new ScriptedServer(goods(1, 2), goods(3), goods(4));
    Rules newer = Deliveries.rules(7, "usr_id", List.of("others"));
    topic.plug(Plug.doAt(1, () -> rules.offer(newer)));

    run(server, LAZY);

    assertThat(topic.messages()).hasSize(2);
    assertThat(rules.status().appliedRevision()).isEqualTo(7);
    assertThat(rules.status().offset()).isEqualTo(server.position(1, "e").offset());
  }

  @Test
  void neitherDeliversNorCommitsOnceItMayNot() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2));
    mayWork = false;

    Relay relay = relay(server, LAZY, at(server, 0));
    RelayException e = catchThrowableOfType(RelayException.class, relay::run);

    assertThat(e.exitCode()).isEqualTo(ExitCode.FENCED);
    assertThat(topic.messages()).isEmpty();
    assertThat(topic.commits()).isEmpty();
  }

  /** Who goes on behind the fault by hand would leave them out. */
  @Test
  void commitsWholeTransactionsBeforeAFaultThatNoRetryHelps() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2)).ready(item -> true);

    endsWith(server, RelayException.fatal(ExitCode.SOURCE_DATA, "The log has a hole"));

    assertThat(topic.commits()).containsExactly(at(server, 2));
  }

  @Test
  void leavesThemUncommittedOnceRowsOfTheFaultyOneWereSentAmongThem() {
    ScriptedItem twoEvents =
        ScriptedItem.transaction(ScriptedEvent.inserts(GOODS, 2), ScriptedEvent.inserts(GOODS, 3));
    ScriptedServer server = new ScriptedServer(goods(1), twoEvents).ready(item -> true);
    Relay relay = relay(server, LAZY, at(server, 0));
    clock =
        () -> {
          if (server.opened().get(0).handedOut().size() == 3) {
            throw RelayException.fatal(ExitCode.SOURCE_DATA, "The row is damaged");
          }
          return NOW;
        };

    assertThatThrownBy(relay::run).isInstanceOf(RelayException.class);

    assertThat(topic.commits()).isEmpty();
  }

  @Test
  void leavesWhatIsNotDueUncommittedBeforeARetry() {
    ScriptedServer server = new ScriptedServer(goods(1), goods(2)).ready(item -> true);

    endsWith(server, RelayException.passing(ExitCode.UNREACHABLE, "The line is cut", null));

    assertThat(topic.commits()).isEmpty();
  }

  private void endsWith(ScriptedServer server, RelayException failure) {
    Relay relay = relay(server, LAZY, at(server, 0));
    server.atEnd(
        () -> {
          throw failure;
        });
    assertThatThrownBy(relay::run).isSameAs(failure);
  }

  private void run(ScriptedServer server, CommitPolicy policy) {
    run(server, policy, at(server, 0));
  }

  private void run(ScriptedServer server, CommitPolicy policy, Position start) {
    relay(server, policy, start).run();
  }

  private RelayException failure(ScriptedServer server, Position start) {
    Relay relay = relay(server, LAZY, start);
    RelayException e = catchThrowableOfType(RelayException.class, relay::run);
    assertThat(e.isPassing()).isFalse();
    return e;
  }

  private Relay relay(ScriptedServer server, CommitPolicy policy, Position start) {
    return relay(server, policy, start, sink);
  }

  private Relay relay(ScriptedServer server, CommitPolicy policy, Position start, ChangeSink sink) {
    ScriptedSource source = server.open(start);
    Relay relay =
        new Relay(
            source,
            sink,
            rules,
            Deliveries::by,
            policy,
            start,
            () -> mayWork,
            () -> clock.getAsLong());
    server.atEnd(relay::stop);
    return relay;
  }

  private static Position at(ScriptedServer server, int item) {
    return server.position(item, "e");
  }

  private static LongSupplier ticking(long millis) {
    long[] now = {NOW};
    return () -> now[0] += millis;
  }

  private static ScriptedItem goods(long... ids) {
    return ScriptedItem.transaction(ScriptedEvent.inserts(GOODS, ids));
  }

  private static ScriptedItem noise() {
    return ScriptedItem.transaction(ScriptedEvent.inserts(NOISE, 1));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
