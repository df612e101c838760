package io.binlogbroker.broker.ha;

import static io.binlogbroker.broker.ha.ScriptedTerms.HOUR;
import static io.binlogbroker.broker.ha.ScriptedTerms.away;
import static io.binlogbroker.broker.ha.ScriptedTerms.fail;
import static io.binlogbroker.broker.ha.ScriptedTerms.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.Gap;
import io.binlogbroker.engine.relay.Plug;
import io.binlogbroker.engine.relay.RecordingTopic;
import io.binlogbroker.engine.relay.ScriptedServer;
import io.binlogbroker.engine.source.ChangeSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a term starts: from the store, the sink, or the latest position. */
class TermStartTest {
  private final ScriptedTerms terms = new ScriptedTerms();
  private final ScriptedServer server = terms.server();
  private final RecordingTopic topic = terms.topic();
  private final MemoryPositionStore store = terms.store();
  private final List<Position> starts = terms.starts();
  private final List<Gap> gaps = new ArrayList<>();

  @Test
  void savesWhereAFreshStartBeginsBeforeAnyRow() {
    server.latest(1);
    topic.plug(Plug.killAt(2));

    assertThatExceptionOfType(Plug.Killed.class).isThrownBy(() -> terms.term(server, HOUR).run());

    assertThat(topic.messages()).isEmpty();
    assertThat(store.history()).hasSize(1);
    assertThat(store.history().get(0)).isEqualTo(server.position(1, terms.epoch()));
  }

  @Test
  void continuesFromTheSinksPositionOfTheSameEpoch() {
    store.save(server.position(0, "a"));
    topic.commits().add(server.position(2, "a"));

    terms.term(server, HOUR).run();

    assertThat(starts).containsExactly(server.position(2, "a"));
    assertThat(store.load()).isEqualTo(server.position(3, "a"));
  }

  @Test
  void continuesFromThePositionThatTheOperatorSet() {
    store.save(server.position(0, "b"));
    topic.commits().add(server.position(2, "a"));

    terms.term(server, HOUR).run();

    assertThat(starts).containsExactly(server.position(0, "b"));
  }

  @Test
  void startsAtTheLatestInANewEpochWhenTheOperatorDeletedThePosition() {
    store.saveServed(new Served("positions", List.of("a")));
    server.latest(3);
    topic.commits().add(server.position(1, "a"));

    terms.term(server, HOUR).run();

    assertThat(starts).containsExactly(server.position(3, terms.epoch()));
    assertThat(terms.epoch()).isNotEqualTo("a");
    assertThat(topic.messages()).isEmpty();
  }

  @Test
  void aSinksPositionOfAnotherEpochIsNeverStored() {
    store.saveServed(new Served("positions", List.of("a")));
    server.latest(3);
    topic.commits().add(server.position(1, "a"));

    terms.term(server, HOUR).run();

    assertThat(store.history()).extracting(Position::epoch).doesNotContain("a");
  }

  @Test
  void aStoreWithoutTheGroupRefusesToSkipKafkasPosition() {
    server.latest(3);
    topic.commits().add(server.position(1, "a"));

    DeliveryException e = failure(terms.term(server, HOUR));

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
    terms.onLostPosition(LostPosition.continuesAt(server, gaps::add));

    assertThat(failure(terms.term(server, HOUR)).kind()).isEqualTo(FailureKind.POSITION_LOST);
    assertThat(gaps).isEmpty();
    assertThat(store.history()).isEmpty();
  }

  @Test
  void aStoreWithoutTheGroupIsNotTreatedAsALostPositionInARetry() {
    terms.onLostPosition(LostPosition.continuesAt(server, gaps::add));
    ChangeSource.Opener opener =
        from -> {
          topic.commits().add(server.position(1, "a"));
          throw away();
        };

    assertThat(failure(terms.term(opener, HOUR)).kind()).isEqualTo(FailureKind.POSITION_LOST);
    assertThat(gaps).isEmpty();
    assertThat(store.history()).isEmpty();
  }

  @Test
  void aResetAppliesInAStoreWithoutTheGroup() {
    server.latest(3);
    topic.commits().add(server.position(1, "a"));
    store.saveServed(Served.first("positions").overruling());

    terms.term(server, HOUR).run();

    assertThat(starts).containsExactly(server.position(3, terms.epoch()));
    assertThat(store.served()).isEqualTo(new Served("positions", List.of("a", terms.epoch())));
  }

  @Test
  void aResetAppliesToRestartsBeforeTheFirstCommit() {
    server.latest(3);
    topic.commits().add(server.position(1, "a"));
    store.saveServed(Served.first("positions").overruling());
    terms.term(server, HOUR).run();
    assertThat(topic.commits()).hasSize(1);

    terms.term(server, HOUR).run();

    assertThat(starts).hasSize(2).allMatch(server.position(3, terms.epoch())::equals);
  }

  @Test
  void aGapInAStoreOfAnEarlierVersionAppliesToRestartsBeforeTheFirstCommit() {
    DeliveryException gone = DeliveryException.fatal(FailureKind.POSITION_LOST, "The log is gone");
    store.save(server.position(0, "a"));
    topic.commits().add(server.position(1, "a"));
    server.latest(3);
    terms.onLostPosition(LostPosition.continuesAt(server, gaps::add));
    topic.plug(Plug.killAt(4));
    assertThatExceptionOfType(Plug.Killed.class)
        .isThrownBy(() -> terms.term(from -> fail(gone), HOUR).run());
    assertThat(topic.commits()).hasSize(1);
    topic.plug(new Plug());

    terms.term(server, HOUR).run();

    assertThat(store.load()).isEqualTo(server.position(3, terms.epoch()));
  }

  @Test
  void anAbandonedStoreDoesNotRepeatWhatItsSuccessorDelivered() {
    store.save(server.position(0, "a"));
    store.saveServed(new Served("positions", List.of("a")));
    topic.commits().add(server.position(2, "b"));

    assertThat(failure(terms.term(server, HOUR)).kind()).isEqualTo(FailureKind.POSITION_LOST);
    assertThat(topic.messages()).isEmpty();
  }

  @Test
  void aSetPositionOverrulesAnEarlierEpochOfTheStore() {
    store.save(server.position(0, "c"));
    store.saveServed(new Served("positions", List.of("a", "b")));
    topic.commits().add(server.position(2, "b"));

    terms.term(server, HOUR).run();

    assertThat(starts).containsExactly(server.position(0, "c"));
    assertThat(store.served()).isEqualTo(new Served("positions", List.of("a", "b", "c")));
  }

  @Test
  void aNewPositionsTopicReceivesThePositionBeforeAnyRow() {
    store.save(server.position(0, "a"));
    store.saveServed(new Served("positions", List.of("a")));
    topic.commits().add(server.position(2, "a"));
    topic.rename("ops.positions");

    terms.term(server, HOUR).run();

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

    terms.term(server, HOUR).run();

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
        terms.term(server, HOUR).run();
      } catch (Plug.Killed e) {
        assertThat(topic.messages()).hasSizeLessThanOrEqualTo(1);
      }
    }
    topic.plug(new Plug());
    store.plug(new Plug());

    terms.term(server, HOUR).run();

    assertThat(topic.messages()).hasSize(1);
    assertThat(store.load()).isEqualTo(server.position(3, "a"));
  }
}
