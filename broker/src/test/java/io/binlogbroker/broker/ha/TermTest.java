package io.binlogbroker.broker.ha;

import static io.binlogbroker.broker.ha.ScriptedTerms.GOODS;
import static io.binlogbroker.broker.ha.ScriptedTerms.HOUR;
import static io.binlogbroker.broker.ha.ScriptedTerms.away;
import static io.binlogbroker.broker.ha.ScriptedTerms.fail;
import static io.binlogbroker.broker.ha.ScriptedTerms.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.Plug;
import io.binlogbroker.engine.relay.RecordingSink;
import io.binlogbroker.engine.relay.RecordingTopic;
import io.binlogbroker.engine.relay.ScriptedEvent;
import io.binlogbroker.engine.relay.ScriptedItem;
import io.binlogbroker.engine.relay.ScriptedItem.Kind;
import io.binlogbroker.engine.relay.ScriptedServer;
import io.binlogbroker.engine.relay.ScriptedSource;
import io.binlogbroker.engine.source.ChangeSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a term is retried and ends. */
class TermTest {
  private final ScriptedTerms terms = new ScriptedTerms();
  private final ScriptedServer server = terms.server();
  private final RecordingTopic topic = terms.topic();
  private final MemoryPositionStore store = terms.store();
  private final FakeMastership mastership = terms.mastership();
  private final List<Long> pauses = terms.pauses();
  private final List<Position> starts = terms.starts();
  private final List<RecordingSink> sinks = terms.sinks();

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

    terms.term(opener, HOUR).run();

    assertThat(pauses).containsExactly(500L, 1_000L, 2_000L);
    assertThat(topic.messages()).hasSize(3);
  }

  @Test
  void deliversAgainAtOnceWhenRowsInFlightWereRolledBack() {
    server.replace(1, ScriptedItem.of(Kind.ROLLED_BACK, ScriptedEvent.inserts(GOODS, 2)));

    terms.term(server, HOUR).run();

    assertThat(topic.messages()).hasSize(2);
    assertThat(pauses).isEmpty();
    assertThat(store.load()).isEqualTo(server.position(3, terms.epoch()));
  }

  @Test
  void endsAtAPermanentFailure() {
    DeliveryException fatal =
        DeliveryException.fatal(FailureKind.SOURCE_SETTINGS, "binlog_format is MIXED");

    DeliveryException e = failure(terms.term(from -> fail(fatal), HOUR));

    assertThat(e).isSameAs(fatal);
    assertThat(pauses).isEmpty();
  }

  @Test
  void givesUpWhenNothingWasReachedInTime() {
    DeliveryException e = failure(terms.term(from -> fail(away()), Duration.ofSeconds(2)));

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

    terms.term(opener, HOUR).run();

    assertThat(starts).hasSize(2).extracting(Position::epoch).containsOnly("a");
    assertThat(topic.messages()).hasSize(3);
    assertThat(store.load()).isNull();
  }

  @Test
  void aDecisionInAPauseAppliesWhenDeliveryIsResumed() throws Exception {
    store.save(server.position(0, "a"));
    Term term = terms.term(server, HOUR);
    PositionDecision decision = new PositionDecision(server.position(2, "b"), "positions");
    term.pause();
    Thread relay = new Thread(term::run);
    relay.start();

    boolean isStored = term.decide(decision, term::isPaused);
    term.resume();
    relay.join();

    assertThat(isStored).isTrue();
    assertThat(starts).extracting(Position::epoch).containsExactly("b");
    assertThat(topic.messages()).hasSize(1);
    assertThat(store.load()).isEqualTo(server.position(3, "b"));
  }

  @Test
  void aDecisionAfterAPauseIsNotStored() {
    store.save(server.position(0, "a"));
    Term term = terms.term(server, HOUR);

    assertThat(term.decide(new PositionDecision(null, "positions"), term::isPaused)).isFalse();
    assertThat(store.load()).isEqualTo(server.position(0, "a"));
  }

  @Test
  void resignsAfterALongOutageOfItsServers() {
    terms.term(from -> fail(away()), HOUR).run();

    assertThat(pauses).containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L);
  }

  @Test
  void endsWithoutACommitWhenTheMastershipIsLost() {
    store.save(server.position(0, "a"));
    topic.plug(Plug.doAt(2, mastership::lose));

    terms.term(server, HOUR).run();

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

    terms.term(opener, HOUR).run();

    assertThat(pauses).containsExactly(500L, 1_000L, 2_000L);
  }

  @Test
  void aFailureAfterProgressBeginsANewOutage() {
    store.save(server.position(0, "a"));
    Term term = terms.term(server, HOUR);
    int[] breaks = {0};
    server.atEnd(
        () -> {
          terms.pass(Duration.ofSeconds(5));
          if (++breaks[0] == 6) {
            term.end();
            return;
          }
          server.add(ScriptedTerms.goods(10 + breaks[0]));
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

    terms.term(opener, HOUR).run();

    assertThat(server.opened()).hasSize(2).allMatch(ScriptedSource::isClosed);
    assertThat(sinks).hasSize(2).allMatch(RecordingSink::isClosed);
  }

  @Test
  void closesTheSinkWhenTheSourceCannotBeOpened() {
    failure(terms.term(from -> fail(away()), Duration.ZERO));

    assertThat(sinks).singleElement().matches(RecordingSink::isClosed);
  }

  @Test
  void anInterruptEndsItAndIsKept() {
    Term term = terms.term(from -> fail(away()), HOUR);
    Thread.currentThread().interrupt();

    term.run();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(sinks).isEmpty();
  }

  @Test
  void anInterruptDuringATryEndsIt() {
    Term term =
        terms.term(
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
    Term term = terms.term(server, HOUR);
    term.end();

    term.run();

    assertThat(sinks).isEmpty();
  }

  @Test
  @Timeout(60)
  void aPauseCommitsWhatIsSentAndTheDeliveryContinuesAfterIt() {
    Term term = terms.term(server, HOUR);
    int[] ends = {0};
    server.atEnd(
        () -> {
          if (++ends[0] > 1) {
            term.end();
            return;
          }
          term.pause();
          onceWaiting(
              () -> {
                server.add(ScriptedTerms.goods(4));
                term.resume();
              });
        });

    term.run();

    assertThat(topic.messages()).hasSize(4);
    assertThat(topic.position()).isEqualTo(server.position(4, terms.epoch()));
    assertThat(server.opened()).hasSize(2).allMatch(ScriptedSource::isClosed);
    assertThat(sinks).hasSize(2).allMatch(RecordingSink::isClosed);
    assertThat(pauses).isEmpty();
  }

  @Test
  @Timeout(60)
  void aPausedTermEndsWithItsMastership() {
    Term term = terms.term(server, HOUR);
    server.atEnd(
        () -> {
          term.pause();
          onceWaiting(mastership::lose);
        });

    term.run();

    assertThat(topic.messages()).hasSize(3);
    assertThat(term.isPaused()).isFalse();
  }

  /** Acts on another thread as soon as the current one waits. */
  private static void onceWaiting(Runnable action) {
    Thread relay = Thread.currentThread();
    new Thread(
            () -> {
              while (relay.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
              }
              action.run();
            },
            "operator")
        .start();
  }

  @Test
  void aStoreThatFailsDoesNotEndTheTerm() {
    store.save(server.position(0, "a"));
    store.failSaves(away());

    terms.term(server, HOUR).run();

    assertThat(topic.position()).isEqualTo(server.position(3, "a"));
    assertThat(store.load()).isEqualTo(server.position(0, "a"));
  }
}
