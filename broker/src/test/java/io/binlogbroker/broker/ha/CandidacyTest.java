package io.binlogbroker.broker.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.CommitPolicy;
import io.binlogbroker.engine.relay.Deliveries;
import io.binlogbroker.engine.relay.FakeTable;
import io.binlogbroker.engine.relay.Plug;
import io.binlogbroker.engine.relay.RecordingSink;
import io.binlogbroker.engine.relay.RecordingTopic;
import io.binlogbroker.engine.relay.Relay;
import io.binlogbroker.engine.relay.RelaySetup;
import io.binlogbroker.engine.relay.ScriptedEvent;
import io.binlogbroker.engine.relay.ScriptedItem;
import io.binlogbroker.engine.relay.ScriptedServer;
import io.binlogbroker.engine.relay.SnapshotFeed;
import io.binlogbroker.engine.source.ChangeSource;
import io.binlogbroker.engine.source.mysql.MysqlPositionOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CandidacyTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final CommitPolicy POLICY = new CommitPolicy(HOUR, 1, 1 << 30, HOUR);

  private final ScriptedServer server =
      new ScriptedServer(
          ScriptedItem.transaction(ScriptedEvent.inserts(FakeTable.of("mall", "goods"), 1)));
  private final RecordingTopic topic = new RecordingTopic();
  private final MemoryPositionStore store = new MemoryPositionStore();
  private final FakeElection election = new FakeElection(store);
  private final List<Long> pauses = new ArrayList<>();
  private Runnable standby = () -> {};
  private final List<String> reasons = new ArrayList<>();
  private Supplier<@Nullable String> failure = () -> null;
  private int ended;
  private int standbys;
  private int unmade;
  private int opened;
  private long nanos = 1;

  @Test
  void servesUntilItIsStoppedAndResigns() {
    run(server, HOUR);

    assertThat(topic.messages()).hasSize(1);
    assertThat(election.won()).hasSize(1).noneMatch(FakeMastership::isHeld);
  }

  @Test
  void campaignsAgainAfterALoss() {
    topic.plug(Plug.doAt(1, () -> election.won().get(0).lose()));

    run(server, HOUR);

    assertThat(election.won()).hasSize(2);
    assertThat(topic.messages()).hasSize(1);
  }

  @Test
  void resignsAfterALongOutageAndCampaignsAgain() {
    run(from -> ++opened < 7 ? fail(away()) : server.open(from), HOUR);

    assertThat(election.won()).hasSize(2);
    assertThat(pauses).containsSubsequence(8_000L, 2_000L, 500L);
    assertThat(topic.messages()).hasSize(1);
  }

  @Test
  void getsReadyWhileAnotherIsMaster() {
    election.takenByAnother();

    run(server, HOUR);

    assertThat(standbys).isEqualTo(1);
    assertThat(topic.messages()).hasSize(1);
  }

  @Test
  void aFormerSlaveRetriesServersIndefinitely() {
    election.takenByAnother();

    run(from -> ++opened < 20 ? fail(away()) : server.open(from), Duration.ZERO);

    assertThat(topic.messages()).hasSize(1);
  }

  @Test
  void failuresAsSlaveDoNotCountAsMaster() {
    election.failOnce(away());
    election.takenByAnother();
    standby = () -> nanos += Duration.ofMinutes(1).toNanos();

    run(from -> ++opened < 2 ? fail(away()) : server.open(from), HOUR);

    assertThat(election.won()).hasSize(1);
    assertThat(topic.messages()).hasSize(1);
  }

  @Test
  void campaignsAgainAfterAFailedElection() {
    election.failOnce(away());

    run(server, HOUR);

    assertThat(pauses).containsExactly(500L);
    assertThat(topic.messages()).hasSize(1);
  }

  @Test
  void aTermThatCannotBeCreatedIsRetriedWithGrowingPauses() {
    unmade = 3;

    run(server, HOUR);

    assertThat(pauses).containsExactly(500L, 1_000L, 2_000L);
    assertThat(election.won()).hasSize(4).noneMatch(FakeMastership::isHeld);
    assertThat(topic.messages()).hasSize(1);
  }

  @Test
  void resignsAndEndsAtAPermanentFailure() {
    DeliveryException fatal =
        DeliveryException.fatal(FailureKind.SOURCE_SETTINGS, "binlog_format is MIXED");

    DeliveryException e =
        catchThrowableOfType(DeliveryException.class, () -> run(from -> fail(fatal), HOUR));

    assertThat(e).isSameAs(fatal);
    assertThat(election.won()).hasSize(1).noneMatch(FakeMastership::isHeld);
  }

  @Test
  void aFencedMasterTriesAgain() {
    DeliveryException fenced =
        DeliveryException.fatal(FailureKind.FENCED, "Another producer began");

    run(from -> ++opened < 2 ? fail(fenced) : server.open(from), HOUR);

    assertThat(election.won()).hasSize(1);
    assertThat(topic.messages()).hasSize(1);
  }

  @Test
  void resignsOnRequestAndGivesOthersTimeToWin() {
    Candidacy candidacy = candidacy(server, HOUR);
    server.atEnd(
        () -> {
          if (election.won().size() == 1) {
            assertThat(candidacy.resign("a test")).isTrue();
          } else {
            candidacy.stop();
          }
        });

    candidacy.run();

    assertThat(election.won()).hasSize(2).noneMatch(FakeMastership::isHeld);
    assertThat(pauses).containsExactly(2_000L);
    assertThat(topic.messages()).hasSize(1);
  }

  @Test
  void aBrokerThatIsNotMasterNeitherPausesNorResigns() {
    Candidacy candidacy = candidacy(server, HOUR);

    assertThat(candidacy.pause("a test")).isFalse();
    assertThat(candidacy.resume("a test")).isFalse();
    assertThat(candidacy.resign("a test")).isFalse();
    assertThat(candidacy.isPaused()).isFalse();
  }

  void theFailureRemainsInTheNextTermUntilSomethingIsCommitted() {
    run(from -> ++opened < 7 ? fail(away()) : server.open(from), HOUR);

    assertThat(election.won()).hasSize(2);
    assertThat(reasons).startsWith("Nobody answers.").doesNotContain("null");
    assertThat(failure.get()).isNull();
  }

  @Test
  void theFailureRemainsWhileServersAreReachedAndNothingIsCommitted() {
    topic.plug(Plug.doAt(3, () -> fail(away())));

    run(server, HOUR);

    assertThat(reasons).startsWith("null").endsWith("Nobody answers.");
    assertThat(failure.get()).isNull();
  }

  @Test
  void theFailureOfAnElectionEndsWithTheNextOne() {
    election.failOnce(away());

    run(server, HOUR);

    assertThat(reasons).containsOnly("null");
  }

  @Test
  void reportsTheEndOfEachTermWhateverEndsIt() {
    unmade = 2;

    run(server, HOUR);

    assertThat(ended).isEqualTo(3);
  }

  private void run(ChangeSource.Opener sources, Duration startTimeout) {
    Candidacy candidacy = candidacy(sources, startTimeout);
    server.atEnd(candidacy::stop);
    candidacy.run();
  }

  private Candidacy candidacy(ChangeSource.Opener sources, Duration startTimeout) {
    Retries retries = new Retries(startTimeout, this::pause, () -> nanos);
    Candidacy created =
        new Candidacy(
            election,
            terms(sources),
            () -> {
              standbys++;
              standby.run();
            },
            retries,
            this::pause);
    failure = created::failure;
    return created;
  }

  private Candidacy.TermFactory terms(ChangeSource.Opener sources) {
    return new Candidacy.TermFactory() {
      @Override
      public Term create(Mastership mastership, Retries retries) {
        return term(sources, mastership, retries);
      }

      @Override
      public void ended() {
        ended++;
      }
    };
  }

  private Term term(ChangeSource.Opener sources, Mastership mastership, Retries retries) {
    if (unmade > 0) {
      unmade--;
      throw away();
    }
    return new Term(
        sources,
        () -> new RecordingSink(topic, true),
        mastership,
        this::relay,
        LostPosition.stops(),
        retries,
        new LastCommit(new MysqlPositionOrder()));
  }

  private Relay relay(
      ChangeSource source, ChangeSink sink, Position start, BooleanSupplier mayWork) {
    RelaySetup setup = new RelaySetup(Deliveries.of("goods"), Deliveries::by, POLICY, this::clock);
    return new Relay(setup, source, sink, SnapshotFeed.NONE, start, mayWork);
  }

  /** The relay reads the clock at each step. */
  private long clock() {
    reasons.add(String.valueOf(failure.get()));
    return 1_000_000;
  }

  private void pause(Duration pause) {
    pauses.add(pause.toMillis());
    nanos += pause.toNanos();
  }

  private static ChangeSource fail(DeliveryException failure) {
    throw failure;
  }

  private static DeliveryException away() {
    return DeliveryException.retriable(FailureKind.UNREACHABLE, "Nobody answers", null);
  }
}
