package io.binlogbroker.broker.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.binlogbroker.broker.fixture.LoggedLines;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.CommitPolicy;
import io.binlogbroker.engine.relay.Deliveries;
import io.binlogbroker.engine.relay.FakeTable;
import io.binlogbroker.engine.relay.Gap;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.engine.relay.Plug;
import io.binlogbroker.engine.relay.RecordingSink;
import io.binlogbroker.engine.relay.RecordingTopic;
import io.binlogbroker.engine.relay.Relay;
import io.binlogbroker.engine.relay.ScriptedEvent;
import io.binlogbroker.engine.relay.ScriptedItem;
import io.binlogbroker.engine.relay.ScriptedItem.Kind;
import io.binlogbroker.engine.relay.ScriptedServer;
import io.binlogbroker.engine.relay.ScriptedSource;
import io.binlogbroker.engine.source.ChangeSource;
import io.binlogbroker.engine.source.mysql.MysqlPositionOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TermTest {
  private static final FakeTable GOODS = FakeTable.of("mall", "goods");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final CommitPolicy POLICY = new CommitPolicy(HOUR, 1, 1 << 30, HOUR);

  private final ScriptedServer server = new ScriptedServer(goods(1), goods(2), goods(3));
  private final RecordingTopic topic = new RecordingTopic();
  private final MemoryPositionStore store = new MemoryPositionStore();
  private final FakeMastership mastership = new FakeMastership(store);
  private final List<Gap> gaps = new ArrayList<>();
  private final LastCommit lastCommit = new LastCommit(new MysqlPositionOrder());
  private LostPosition lostPosition = LostPosition.stops();
  private final List<Long> pauses = new ArrayList<>();
  private final List<Position> starts = new ArrayList<>();
  private final List<RecordingSink> sinks = new ArrayList<>();
  private long nanos = 1;

  @Test
  void savesWhereAFreshStartBeginsBeforeAnyRow() {
    server.latest(1);
    topic.plug(Plug.killAt(2));

    assertThatExceptionOfType(Plug.Killed.class).isThrownBy(() -> term(server, HOUR).run());

    assertThat(topic.messages()).isEmpty();
    assertThat(store.history()).hasSize(1);
    assertThat(store.history().get(0)).isEqualTo(server.position(1, epoch()));
  }

  @Test
  void continuesFromTheSinksPositionOfTheSameEpoch() {
    store.save(server.position(0, "a"));
    topic.commits().add(server.position(2, "a"));

    term(server, HOUR).run();

    assertThat(starts).containsExactly(server.position(2, "a"));
    assertThat(store.load()).isEqualTo(server.position(3, "a"));
  }

  @Test
  void continuesFromThePositionThatTheOperatorSet() {
    store.save(server.position(0, "b"));
    topic.commits().add(server.position(2, "a"));

    term(server, HOUR).run();

    assertThat(starts).containsExactly(server.position(0, "b"));
  }

  @Test
  void startsAtTheLatestInANewEpochWhenTheOperatorDeletedThePosition() {
    store.saveServed(new Served("positions", List.of("a")));
    server.latest(3);
    topic.commits().add(server.position(1, "a"));

    term(server, HOUR).run();

    assertThat(starts).containsExactly(server.position(3, epoch()));
    assertThat(epoch()).isNotEqualTo("a");
    assertThat(topic.messages()).isEmpty();
  }

  @Test
  void aSinksPositionOfAnotherEpochIsNeverStored() {
    store.saveServed(new Served("positions", List.of("a")));
    server.latest(3);
    topic.commits().add(server.position(1, "a"));

    term(server, HOUR).run();

    assertThat(store.history()).extracting(Position::epoch).doesNotContain("a");
  }

  @Test
  void aStoreWithoutTheGroupRefusesToSkipKafkasPosition() {
    server.latest(3);
    topic.commits().add(server.position(1, "a"));

    DeliveryException e = failure(term(server, HOUR));

    assertThat(e.kind()).isEqualTo(FailureKind.POSITION_LOST);
    assertThat(e)
        .hasMessageContaining("position set --from-kafka")
        .hasMessageContaining("position reset")
        .hasMessageContaining(server.position(1, "a").toString());
    assertThat(store.history()).isEmpty();
    assertThat(topic.messages()).isEmpty();
  }

  @Test
  void aStoreWithoutTheGroupIsNotTreatedAsALostPosition() {
    server.latest(3);
    topic.commits().add(server.position(1, "a"));
    lostPosition = LostPosition.continuesAt(server, gaps::add);

    assertThat(failure(term(server, HOUR)).kind()).isEqualTo(FailureKind.POSITION_LOST);
    assertThat(gaps).isEmpty();
    assertThat(store.history()).isEmpty();
  }

  @Test
  void aStoreWithoutTheGroupIsNotTreatedAsALostPositionInARetry() {
    lostPosition = LostPosition.continuesAt(server, gaps::add);
    ChangeSource.Opener opener =
        from -> {
          topic.commits().add(server.position(1, "a"));
          throw away();
        };

    assertThat(failure(term(opener, HOUR)).kind()).isEqualTo(FailureKind.POSITION_LOST);
    assertThat(gaps).isEmpty();
    assertThat(store.history()).isEmpty();
  }

  @Test
  void aResetAppliesInAStoreWithoutTheGroup() {
    server.latest(3);
    topic.commits().add(server.position(1, "a"));
    store.saveServed(Served.first("positions").overruling());

    term(server, HOUR).run();

    assertThat(starts).containsExactly(server.position(3, epoch()));
    assertThat(store.served()).isEqualTo(new Served("positions", List.of("a", epoch())));
  }

  @Test
  void aResetAppliesToRestartsBeforeTheFirstCommit() {
    server.latest(3);
    topic.commits().add(server.position(1, "a"));
    store.saveServed(Served.first("positions").overruling());
    term(server, HOUR).run();
    assertThat(topic.commits()).hasSize(1);

    term(server, HOUR).run();

    assertThat(starts).hasSize(2).allMatch(server.position(3, epoch())::equals);
  }

  @Test
  void aGapInAStoreOfAnEarlierVersionAppliesToRestartsBeforeTheFirstCommit() {
    DeliveryException gone = DeliveryException.fatal(FailureKind.POSITION_LOST, "The log is gone");
    store.save(server.position(0, "a"));
    topic.commits().add(server.position(1, "a"));
    server.latest(3);
    lostPosition = LostPosition.continuesAt(server, gaps::add);
    topic.plug(Plug.killAt(4));
    assertThatExceptionOfType(Plug.Killed.class)
        .isThrownBy(() -> term(from -> fail(gone), HOUR).run());
    assertThat(topic.commits()).hasSize(1);
    topic.plug(new Plug());

    term(server, HOUR).run();

    assertThat(store.load()).isEqualTo(server.position(3, epoch()));
  }

  @Test
  void anAbandonedStoreDoesNotRepeatWhatItsSuccessorDelivered() {
    store.save(server.position(0, "a"));
    store.saveServed(new Served("positions", List.of("a")));
    topic.commits().add(server.position(2, "b"));

    assertThat(failure(term(server, HOUR)).kind()).isEqualTo(FailureKind.POSITION_LOST);
    assertThat(topic.messages()).isEmpty();
  }

  @Test
  void aSetPositionOverrulesAnEarlierEpochOfTheStore() {
    store.save(server.position(0, "c"));
    store.saveServed(new Served("positions", List.of("a", "b")));
    topic.commits().add(server.position(2, "b"));

    term(server, HOUR).run();

    assertThat(starts).containsExactly(server.position(0, "c"));
    assertThat(store.served()).isEqualTo(new Served("positions", List.of("a", "b", "c")));
  }

  @Test
  void aNewPositionsTopicReceivesThePositionBeforeAnyRow() {
    store.save(server.position(0, "a"));
    store.saveServed(new Served("positions", List.of("a")));
    topic.commits().add(server.position(2, "a"));
    topic.rename("ops.positions");

    term(server, HOUR).run();

    assertThat(starts).containsExactly(server.position(2, "a"));
    assertThat(topic.messages()).hasSize(1);
    assertThat(topic.commits().get(0)).isEqualTo(server.position(2, "a"));
    assertThat(store.served()).isEqualTo(new Served("ops.positions", List.of("a")));
  }

  @Test
  void thePositionsTopicUsedLastTakesPrecedence() {
    store.save(server.position(0, "a"));
    store.saveServed(new Served("ops.positions", List.of("a")));
    topic.rename("ops.positions");
    topic.commits().add(server.position(3, "a"));
    topic.rename("positions");
    topic.commits().add(server.position(1, "a"));

    term(server, HOUR).run();

    assertThat(starts).containsExactly(server.position(3, "a"));
    assertThat(topic.messages()).isEmpty();
  }

  @Test
  void aKillAtAnyStepOfTheTransferCausesNoDuplicates() {
    store.save(server.position(0, "a"));
    store.saveServed(new Served("positions", List.of("a")));
    topic.commits().add(server.position(2, "a"));
    topic.rename("ops.positions");
    for (int step = 1; step < 12; step++) {
      Plug plug = Plug.killAt(step);
      topic.plug(plug);
      store.plug(plug);
      try {
        term(server, HOUR).run();
      } catch (Plug.Killed e) {
        assertThat(topic.messages()).hasSizeLessThanOrEqualTo(1);
      }
    }
    topic.plug(new Plug());
    store.plug(new Plug());

    term(server, HOUR).run();

    assertThat(topic.messages()).hasSize(1);
    assertThat(store.load()).isEqualTo(server.position(3, "a"));
  }

  @Test
  void temporaryFailuresAreRetriedWithGrowingPauses() {
    int[] tries = {0};
    ChangeSource.Opener opener =
        from -> {
          if (++tries[0] < 4) {
            throw away();
          }
          return server.open(from);
        };

    term(opener, HOUR).run();

    assertThat(pauses).containsExactly(500L, 1_000L, 2_000L);
    assertThat(topic.messages()).hasSize(3);
  }

  @Test
  void deliversAgainAtOnceWhenRowsInFlightWereRolledBack() {
    server.replace(1, ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(GOODS, 2)));

    term(server, HOUR).run();

    assertThat(topic.messages()).hasSize(2);
    assertThat(pauses).isEmpty();
    assertThat(store.load()).isEqualTo(server.position(3, epoch()));
  }

  @Test
  void endsAtAPermanentFailure() {
    DeliveryException fatal =
        DeliveryException.fatal(FailureKind.SOURCE_SETTINGS, "binlog_format is MIXED");

    DeliveryException e = failure(term(from -> fail(fatal), HOUR));

    assertThat(e).isSameAs(fatal);
    assertThat(pauses).isEmpty();
  }

  @Test
  void givesUpWhenNothingWasReachedInTime() {
    DeliveryException e = failure(term(from -> fail(away()), Duration.ofSeconds(2)));

    assertThat(e.kind()).isEqualTo(FailureKind.UNREACHABLE);
    assertThat(pauses).containsExactly(500L, 1_000L, 2_000L);
  }

  @Test
  void aPositionRemovedWithinATermTakesEffectInTheNextOne() {
    store.save(server.position(0, "a"));
    int[] tries = {0};
    ChangeSource.Opener opener =
        from -> {
          if (++tries[0] == 1) {
            sinks.get(0).fail(away());
            store.overrule(null);
          }
          return server.open(from);
        };

    term(opener, HOUR).run();

    assertThat(starts).hasSize(2).extracting(Position::epoch).containsOnly("a");
    assertThat(topic.messages()).hasSize(3);
    assertThat(store.load()).isNull();
  }

  @Test
  void resignsAfterALongOutageOfItsServers() {
    term(from -> fail(away()), HOUR).run();

    assertThat(pauses).containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L);
  }

  @Test
  void endsWithoutACommitWhenTheMastershipIsLost() {
    store.save(server.position(0, "a"));
    topic.plug(Plug.doAt(2, mastership::lose));

    term(server, HOUR).run();

    assertThat(topic.commits()).isEmpty();
  }

  @Test
  void aTermThatFailsAtItsStartIsRetriedWithGrowingPauses() {
    int[] tries = {0};
    ChangeSource.Opener opener =
        from -> {
          if (++tries[0] < 4) {
            sinks.get(sinks.size() - 1).fail(away());
          }
          return server.open(from);
        };

    term(opener, HOUR).run();

    assertThat(pauses).containsExactly(500L, 1_000L, 2_000L);
  }

  @Test
  void aFailureAfterProgressBeginsANewOutage() {
    store.save(server.position(0, "a"));
    Term term = term(server, HOUR);
    int[] breaks = {0};
    server.atEnd(
        () -> {
          nanos += Duration.ofSeconds(5).toNanos();
          if (++breaks[0] == 6) {
            term.end();
            return;
          }
          server.add(goods(10 + breaks[0]));
          throw away();
        });

    term.run();

    assertThat(pauses).containsExactly(500L, 500L, 500L, 500L, 500L);
    assertThat(topic.messages()).hasSize(8);
  }

  @Test
  void closesSourceAndSinkOfEachTry() {
    int[] tries = {0};
    ChangeSource.Opener opener =
        from -> {
          if (++tries[0] == 1) {
            sinks.get(0).fail(away());
          }
          return server.open(from);
        };

    term(opener, HOUR).run();

    assertThat(server.opened()).hasSize(2).allMatch(ScriptedSource::isClosed);
    assertThat(sinks).hasSize(2).allMatch(RecordingSink::isClosed);
  }

  @Test
  void closesTheSinkWhenTheSourceCannotBeOpened() {
    failure(term(from -> fail(away()), Duration.ZERO));

    assertThat(sinks).singleElement().matches(RecordingSink::isClosed);
  }

  @Test
  void anInterruptEndsItAndIsKept() {
    Term term = term(from -> fail(away()), HOUR);
    Thread.currentThread().interrupt();

    term.run();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(sinks).isEmpty();
  }

  @Test
  void anInterruptDuringATryEndsIt() {
    Term term =
        term(
            from -> {
              Thread.currentThread().interrupt();
              return fail(away());
            },
            HOUR);

    term.run();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(sinks).hasSize(1);
  }

  @Test
  void anEndedTermDoesNotBegin() {
    Term term = term(server, HOUR);
    term.end();

    term.run();

    assertThat(sinks).isEmpty();
  }

  @Test
  void aStoreThatFailsDoesNotEndTheTerm() {
    store.save(server.position(0, "a"));
    store.failSaves(away());

    term(server, HOUR).run();

    assertThat(topic.position()).isEqualTo(server.position(3, "a"));
    assertThat(store.load()).isEqualTo(server.position(0, "a"));
  }

  @Test
  void aLostPositionEndsTheTerm() {
    DeliveryException lost = DeliveryException.fatal(FailureKind.POSITION_LOST, "The log is gone");
    store.save(server.position(1, "a"));

    assertThat(failure(term(from -> fail(lost), HOUR))).isSameAs(lost);
    assertThat(store.load()).isEqualTo(server.position(1, "a"));
  }

  @Test
  void aLostPositionIsReplacedInANewEpochIfConfigured() {
    DeliveryException lost = DeliveryException.fatal(FailureKind.POSITION_LOST, "The log is gone");
    store.save(server.position(0, "a"));
    topic.commits().add(server.position(1, "a"));
    server.latest(2);
    lostPosition = LostPosition.continuesAt(server, gaps::add);

    term(from -> fail(lost), HOUR).run();

    assertThat(topic.messages()).extracting(Message::topic).containsExactly("ddl", "changes");
    assertThat(gaps).hasSize(1);
    assertThat(gaps.get(0).lost()).isEqualTo(server.position(1, "a"));
    assertThat(gaps.get(0).next()).isEqualTo(server.position(2, epoch()));
    assertThat(gaps.get(0).reason()).isEqualTo("The log is gone");
    assertThat(store.history()).contains(server.position(2, epoch()));
    assertThat(pauses).containsExactly(500L);
  }

  @Test
  void onlyALostPositionIsSkipped() {
    DeliveryException fatal =
        DeliveryException.fatal(FailureKind.SOURCE_DATA, "The log is damaged");
    store.save(server.position(0, "a"));
    lostPosition = LostPosition.continuesAt(server, gaps::add);

    assertThat(failure(term(from -> fail(fatal), HOUR))).isSameAs(fatal);
    assertThat(gaps).isEmpty();
  }

  @Test
  void aPositionThatIsLostAgainAtOnceEndsTheTerm() {
    DeliveryException lost = DeliveryException.fatal(FailureKind.POSITION_LOST, "The log is gone");
    store.save(server.position(0, "a"));
    lostPosition = LostPosition.continuesAt(from -> fail(lost), gaps::add);

    assertThat(failure(term(from -> fail(lost), HOUR))).isSameAs(lost);
    assertThat(gaps).isEmpty();
  }

  @Test
  void committedRowsAreNotRepeatedWhenKafkaLosesThePosition() {
    store.save(server.position(0, "a"));
    topic.plug(failAfterCommits(2, () -> topic.commits().clear()));

    List<String> warnings = warningsOf(term(server, HOUR));

    assertThat(starts).containsExactly(server.position(0, "a"), server.position(2, "a"));
    assertThat(topic.messages()).hasSize(3);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("Kafka has no position of this group", server.position(2, "a").toString());
  }

  @Test
  void committedRowsAreNotRepeatedWhenKafkaHasAnOlderPosition() {
    store.save(server.position(0, "a"));
    topic.plug(failAfterCommits(2, () -> topic.commits().remove(1)));

    List<String> warnings = warningsOf(term(server, HOUR));

    assertThat(starts).containsExactly(server.position(0, "a"), server.position(2, "a"));
    assertThat(topic.messages()).hasSize(3);
    assertThat(store.history()).doesNotContain(server.position(1, "a"));
    assertThat(warnings).singleElement().asString().contains("only the older position ");
  }

  @Test
  void committedPositionsCountInTheNextTerm() {
    store.save(server.position(0, "a"));
    term(server, HOUR).run();
    topic.commits().clear();
    store.overrule(server.position(1, "a"));

    List<String> warnings = warningsOf(term(server, HOUR));

    assertThat(starts).containsExactly(server.position(0, "a"), server.position(3, "a"));
    assertThat(topic.messages()).hasSize(3);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void aLaterCommitOfAnotherMasterTakesPrecedence() {
    store.save(server.position(0, "a"));
    term(server, HOUR).run();
    server.add(goods(4));
    topic.commits().add(server.position(4, "a"));

    List<String> warnings = warningsOf(term(server, HOUR));

    assertThat(starts).containsExactly(server.position(0, "a"), server.position(4, "a"));
    assertThat(warnings).isEmpty();
  }

  @Test
  void theOperatorsPositionOverrulesCommittedOnes() {
    store.save(server.position(0, "a"));
    term(server, HOUR).run();
    topic.commits().clear();
    store.overrule(server.position(1, "b"));

    term(server, HOUR).run();

    assertThat(starts).containsExactly(server.position(0, "a"), server.position(1, "b"));
  }

  @Test
  void aStartFromTheCopyAloneWarnsOfRepeatedRows() {
    Position read = server.position(1, "a");
    Position copy =
        new Position(read.place(), read.gtidSet(), 0, 0, null, read.serverUuid(), 7, "a");
    store.save(copy);

    List<String> warnings = warningsOf(term(server, HOUR));

    assertThat(starts).containsExactly(copy);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("Kafka has no position of this group", "3 s", "is delivered again");
  }

  @Test
  void aStartFromAPositionThatWasSetIsNoLoss() {
    store.save(server.position(1, "a"));

    assertThat(warningsOf(term(server, HOUR))).isEmpty();
  }

  /** Fails the messages sent after a number of commits, each of one message. */
  private static Plug failAfterCommits(int commits, Runnable first) {
    int open = 1;
    return Plug.doAt(
        open + 3 * commits + 1,
        () -> {
          first.run();
          throw away();
        });
  }

  private static List<String> warningsOf(Term term) {
    try (LoggedLines lines = new LoggedLines(LastCommit.class)) {
      term.run();
      return lines.warnings();
    }
  }

  private Term term(ChangeSource.Opener opener, Duration startTimeout) {
    Supplier<ChangeSink> recording =
        () -> {
          RecordingSink sink = new RecordingSink(topic, true);
          sinks.add(sink);
          return sink;
        };
    Retries retries = new Retries(startTimeout, this::pause, () -> nanos);
    Term term =
        new Term(opener, recording, mastership, this::relay, lostPosition, retries, lastCommit);
    server.atEnd(term::end);
    return term;
  }

  private Relay relay(
      ChangeSource source, ChangeSink sink, Position start, BooleanSupplier mayWork) {
    starts.add(start);
    return new Relay(
        source,
        sink,
        Deliveries.of("goods"),
        Deliveries::by,
        POLICY,
        start,
        mayWork,
        () -> 1_000_000);
  }

  private void pause(Duration pause) {
    pauses.add(pause.toMillis());
    nanos += pause.toNanos();
  }

  private String epoch() {
    return starts.get(0).epoch();
  }

  private static DeliveryException failure(Term term) {
    return catchThrowableOfType(DeliveryException.class, term::run);
  }

  private static DeliveryException away() {
    return DeliveryException.retriable(FailureKind.UNREACHABLE, "Nobody answers", null);
  }

  private static ChangeSource fail(DeliveryException e) {
    throw e;
  }

  private static ScriptedItem goods(long id) {
    return ScriptedItem.transaction(ScriptedEvent.inserts(GOODS, id));
  }
}
