package io.binlogbroker.broker.ha;

import static io.binlogbroker.broker.ha.ScriptedTerms.HOUR;
import static io.binlogbroker.broker.ha.ScriptedTerms.away;
import static io.binlogbroker.broker.ha.ScriptedTerms.fail;
import static io.binlogbroker.broker.ha.ScriptedTerms.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LoggedLines;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.Gap;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.engine.relay.Plug;
import io.binlogbroker.engine.relay.RecordingTopic;
import io.binlogbroker.engine.relay.ScriptedServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Positions that the log or the sink has lost, and what this process remembers of them. */
class LostPositionsTest {
  private final ScriptedTerms terms = new ScriptedTerms();
  private final ScriptedServer server = terms.server();
  private final RecordingTopic topic = terms.topic();
  private final MemoryPositionStore store = terms.store();
  private final List<Long> pauses = terms.pauses();
  private final List<Position> starts = terms.starts();
  private final List<Gap> gaps = new ArrayList<>();

  @Test
  void aLostPositionEndsTheTerm() {
    DeliveryException lost = DeliveryException.fatal(FailureKind.POSITION_LOST, "The log is gone");
    store.save(server.position(1, "a"));

    assertThat(failure(terms.term(from -> fail(lost), HOUR))).isSameAs(lost);
    assertThat(store.load()).isEqualTo(server.position(1, "a"));
  }

  @Test
  void aLostPositionIsReplacedInANewEpochIfConfigured() {
    DeliveryException lost = DeliveryException.fatal(FailureKind.POSITION_LOST, "The log is gone");
    store.save(server.position(0, "a"));
    topic.commits().add(server.position(1, "a"));
    server.latest(2);
    terms.onLostPosition(LostPosition.continuesAt(server, gaps::add));

    terms.term(from -> fail(lost), HOUR).run();

    assertThat(topic.messages()).extracting(Message::topic).containsExactly("ddl", "changes");
    assertThat(gaps).hasSize(1);
    assertThat(gaps.get(0).lost()).isEqualTo(server.position(1, "a"));
    assertThat(gaps.get(0).next()).isEqualTo(server.position(2, terms.epoch()));
    assertThat(gaps.get(0).reason()).isEqualTo("The log is gone");
    assertThat(store.history()).contains(server.position(2, terms.epoch()));
    assertThat(pauses).containsExactly(500L);
  }

  @Test
  void onlyALostPositionIsSkipped() {
    DeliveryException fatal =
        DeliveryException.fatal(FailureKind.SOURCE_DATA, "The log is damaged");
    store.save(server.position(0, "a"));
    terms.onLostPosition(LostPosition.continuesAt(server, gaps::add));

    assertThat(failure(terms.term(from -> fail(fatal), HOUR))).isSameAs(fatal);
    assertThat(gaps).isEmpty();
  }

  @Test
  void aPositionThatIsLostAgainAtOnceEndsTheTerm() {
    DeliveryException lost = DeliveryException.fatal(FailureKind.POSITION_LOST, "The log is gone");
    store.save(server.position(0, "a"));
    terms.onLostPosition(LostPosition.continuesAt(from -> fail(lost), gaps::add));

    assertThat(failure(terms.term(from -> fail(lost), HOUR))).isSameAs(lost);
    assertThat(gaps).isEmpty();
  }

  @Test
  void committedRowsAreNotRepeatedWhenKafkaLosesThePosition() {
    store.save(server.position(0, "a"));
    topic.plug(failAfterCommits(2, () -> topic.commits().clear()));

    List<String> warnings = warningsOf(terms.term(server, HOUR));

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

    List<String> warnings = warningsOf(terms.term(server, HOUR));

    assertThat(starts).containsExactly(server.position(0, "a"), server.position(2, "a"));
    assertThat(topic.messages()).hasSize(3);
    assertThat(store.history()).doesNotContain(server.position(1, "a"));
    assertThat(warnings).singleElement().asString().contains("only the older position ");
  }

  @Test
  void committedPositionsCountInTheNextTerm() {
    store.save(server.position(0, "a"));
    terms.term(server, HOUR).run();
    topic.commits().clear();
    store.overrule(server.position(1, "a"));

    List<String> warnings = warningsOf(terms.term(server, HOUR));

    assertThat(starts).containsExactly(server.position(0, "a"), server.position(3, "a"));
    assertThat(topic.messages()).hasSize(3);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void aLaterCommitOfAnotherMasterTakesPrecedence() {
    store.save(server.position(0, "a"));
    terms.term(server, HOUR).run();
    server.add(ScriptedTerms.goods(4));
    topic.commits().add(server.position(4, "a"));

    List<String> warnings = warningsOf(terms.term(server, HOUR));

    assertThat(starts).containsExactly(server.position(0, "a"), server.position(4, "a"));
    assertThat(warnings).isEmpty();
  }

  @Test
  void theOperatorsPositionOverrulesCommittedOnes() {
    store.save(server.position(0, "a"));
    terms.term(server, HOUR).run();
    topic.commits().clear();
    store.overrule(server.position(1, "b"));

    terms.term(server, HOUR).run();

    assertThat(starts).containsExactly(server.position(0, "a"), server.position(1, "b"));
  }

  @Test
  void aStartFromTheCopyAloneWarnsOfRepeatedRows() {
    Position read = server.position(1, "a");
    Position copy =
        new Position(read.place(), read.gtidSet(), 0, 0, null, read.serverUuid(), 7, "a");
    store.save(copy);

    List<String> warnings = warningsOf(terms.term(server, HOUR));

    assertThat(starts).containsExactly(copy);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("Kafka has no position of this group", "3 s", "is delivered again");
  }

  @Test
  void aStartFromAPositionThatWasSetIsNoLoss() {
    store.save(server.position(1, "a"));

    assertThat(warningsOf(terms.term(server, HOUR))).isEmpty();
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
}
