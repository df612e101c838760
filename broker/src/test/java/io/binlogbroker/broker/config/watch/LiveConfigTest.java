package io.binlogbroker.broker.config.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.broker.ha.AppliedConfigStore;
import io.binlogbroker.broker.ha.MemoryAppliedConfigStore;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.relay.ActiveRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveConfigTest {
  private static final String GOODS = "{\"Table\":\"goods\"}";
  private static final String ORDERS = "{\"Table\":\"orders\",\"Key\":\"user_id\"}";
  private static final DeliveryException AWAY =
      DeliveryException.retriable(FailureKind.UNREACHABLE, "Connection refused", null);

  private final StoredConfig started = config(1, "", GOODS);
  private final ActiveRules rules = new ActiveRules(started.config().rules(1));
  private final FakeRuleCheck server = new FakeRuleCheck();
  private final QueuedWork later = new QueuedWork();
  private final MemoryAppliedConfigStore place = new MemoryAppliedConfigStore();
  private boolean master = true;
  private final LiveConfig live =
      new LiveConfig("conf.json", started, rules, server, () -> master, later);

  @BeforeEach
  void beginTheTerm() {
    live.settle(new FakeConfigStore(started), place);
    server.forgetQuestions();
  }

  @Test
  void theFirstStartIsRefusedWithAKeyThatCannotBe() {
    server.answer(
        CheckResult.notOk(
            "table mall_db.goods", FailureKind.CONFIGURATION, "Key names [a]", "correct it"));

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> firstStart().settle(new FakeConfigStore(started), newPlace()))
        .withMessage("conf.json:\ntable mall_db.goods: Key names [a]; fix: correct it")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION))
        .satisfies(e -> assertThat(e.isRetriable()).isFalse());
  }

  @Test
  void theFirstStartWaitsForWhatCanComeLater() {
    server.answer(
        CheckResult.notOk("table mall_db.goods", FailureKind.SOURCE_ACCESS, "denied", "GRANT"),
        CheckResult.warning("table mall_db.orders", "is not there", ""));

    firstStart().settle(new FakeConfigStore(started), newPlace());

    assertThat(rules.newest().revision()).isEqualTo(1);
  }

  @Test
  void aRestartByTheSameRulesOnlyWarnsAndOnlyOnce() {
    server.answer(
        CheckResult.notOk(
            "table mall_db.goods", FailureKind.CONFIGURATION, "Key names [a]", "correct it"));

    live.settle(new FakeConfigStore(started), place);
    live.settle(new FakeConfigStore(started), place);
    later.runOnce();

    assertThat(server.asked()).isEqualTo(1);
    assertThat(rules.newest().revision()).isEqualTo(1);
  }

  private LiveConfig firstStart() {
    return new LiveConfig("conf.json", started, rules, server, () -> true, later);
  }

  private static MemoryAppliedConfigStore newPlace() {
    return new MemoryAppliedConfigStore();
  }

  @Test
  void anAddedTableIsOfferedToTheRelay() {
    live.changed(config(2, "", GOODS + "," + ORDERS));
    later.runOnce();

    assertThat(rules.newest().revision()).isEqualTo(2);
    assertThat(rules.newest().exact().describe())
        .containsExactly(
            "mall_db.goods -> topic mall_db, key table name",
            "mall_db.orders -> topic mall_db, key user_id");
    assertThat(rules.status().refusal()).isNull();
  }

  @Test
  void theStoresThreadIsNotHeldUpByTheServer() {
    live.changed(config(2, "", ORDERS));

    assertThat(server.asked()).isZero();
    assertThat(rules.newest().revision()).isEqualTo(1);
  }

  @Test
  void rulesThatContradictEachOtherAreRefusedAsAWhole() {
    live.changed(config(2, "", ORDERS + ",{\"Table\":\"orders\",\"Key\":\"id\"}"));
    later.runOnce();

    assertThat(rules.newest().revision()).isEqualTo(1);
    assertThat(rules.status().refusedRevision()).isEqualTo(2);
    assertThat(rules.status().refusal()).contains("Sources[0].Tables[1]", "has another rule");
  }

  @Test
  void aKeyThatNeedsARestartRefusesTheRulesBesideItAndShowsNoPassword() {
    live.changed(config(2, "\"Heartbeat\":\"9s\",", "secret2", ORDERS));
    later.runOnce();

    assertThat(rules.newest().revision()).isEqualTo(1);
    assertThat(rules.status().refusal())
        .contains("MysqlConn: ", "Heartbeat: ", "restart the broker")
        .doesNotContain("secret", "SyncAll");
  }

  @Test
  void theBrokersOwnPartNeedsARestartToo() {
    live.changed(config(2, "\"RPCListen\":\":1\",", ORDERS));
    later.runOnce();

    assertThat(rules.status().refusal()).contains("RPCListen: ", "restart the broker");
  }

  @Test
  void aColumnThatIsNotThereRefuses() {
    server.answer(
        CheckResult.notOk(
            "table mall_db.orders",
            FailureKind.CONFIGURATION,
            "Key names [user_id]",
            "correct \"Key\""));

    live.changed(config(2, "", ORDERS));
    later.runOnce();

    assertThat(rules.newest().revision()).isEqualTo(1);
    assertThat(rules.status().refusal())
        .isEqualTo("conf.json:\ntable mall_db.orders: Key names [user_id]; fix: correct \"Key\"");
  }

  @Test
  void aWarningOfTheServerDoesNotRefuse() {
    server.answer(CheckResult.warning("table mall_db.orders", "is not there", ""));

    live.changed(config(2, "", ORDERS));
    later.runOnce();

    assertThat(rules.newest().revision()).isEqualTo(2);
  }

  @Test
  void aSlaveLeavesTheServerAlone() {
    master = false;

    live.changed(config(2, "", ORDERS));
    later.runOnce();

    assertThat(server.asked()).isZero();
    assertThat(rules.newest().revision()).isEqualTo(2);
  }

  @Test
  void aNewMasterGoesByWhatLiesInTheStoreThen() {
    master = false;

    live.settle(new FakeConfigStore(config(2, "", ORDERS)), place);

    assertThat(server.asked()).isEqualTo(1);
    assertThat(rules.newest().revision()).isEqualTo(2);
  }

  @Test
  void aNewMasterLeavesOutWhatAServerRefusesThatASlaveCouldNotAsk() {
    master = false;
    StoredConfig change = config(2, "", ORDERS);
    live.changed(change);
    later.runOnce();
    server.answer(
        CheckResult.notOk("table mall_db.orders", FailureKind.UNDELIVERABLE, "no such key", "fix"));

    live.settle(new FakeConfigStore(change), place);

    assertThat(rules.newest().revision()).isEqualTo(1);
    assertThat(rules.status().refusedRevision()).isEqualTo(2);
  }

  @Test
  void aNewMasterAsksTheServerOnlyAboutWhatIsNewToIt() {
    live.changed(config(2, "", ORDERS));
    later.runOnce();

    live.settle(new FakeConfigStore(config(2, "", ORDERS)), place);

    assertThat(server.asked()).isEqualTo(1);
  }

  @Test
  void aServerThatIsAwayIsAskedAgainAfterAPause() {
    server.fail(AWAY);
    live.changed(config(2, "", ORDERS));
    later.runOnce();
    assertThat(later.lastPause()).isEqualTo(Duration.ofSeconds(3));
    assertThat(rules.status().refusal()).isNull();

    server.answer();
    later.runOnce();

    assertThat(rules.newest().revision()).isEqualTo(2);
    assertThat(later.waiting()).isZero();
  }

  @Test
  void aNewerChangeReplacesOneThatWaits() {
    server.fail(AWAY);
    live.changed(config(2, "", ORDERS));
    later.runOnce();

    server.answer();
    live.changed(config(3, "", GOODS + "," + ORDERS));
    later.runOnce();

    assertThat(server.asked()).isEqualTo(2);
    assertThat(rules.newest().revision()).isEqualTo(3);
  }

  @Test
  void aServerThatDeniesAccessRefuses() {
    server.fail(DeliveryException.fatal(FailureKind.SOURCE_ACCESS, "Access denied"));

    live.changed(config(2, "", ORDERS));
    later.runOnce();

    assertThat(rules.status().refusal()).isEqualTo("Access denied");
    assertThat(later.waiting()).isZero();
  }

  @Test
  void anInternalErrorRefusesTheChangeWithoutItsTextAndTheNextOneIsTaken() {
    server.fail(new NumberFormatException("Value \"s3cret\" cannot be read"));
    live.changed(config(2, "", ORDERS));
    later.runOnce();

    assertThat(rules.status().refusedRevision()).isEqualTo(2);
    assertThat(rules.status().refusal())
        .contains("conf.json", "internal error (NumberFormatException)")
        .doesNotContain("s3cret");

    server.answer();
    live.changed(config(3, "", ORDERS));
    later.runOnce();

    assertThat(rules.newest().revision()).isEqualTo(3);
  }

  @Test
  void aTextThatIsNoConfigurationIsRefusedWithItsPlace() {
    live.faulty(2, new ConfigException("conf.json", List.of(new Fault("", "line 3: not JSON"))));
    later.runOnce();

    assertThat(rules.status().refusedRevision()).isEqualTo(2);
    assertThat(rules.status().refusal()).contains("conf.json", "line 3");
  }

  @Test
  void goingBackToWhatIsInForceEndsTheRefusal() {
    live.faulty(2, new ConfigException(List.of(new Fault("", "not JSON"))));
    live.changed(config(3, "", GOODS));
    later.runOnce();

    assertThat(rules.status().refusal()).isNull();
    assertThat(rules.newest().revision()).isEqualTo(3);
  }

  @Test
  void whatIsFollowedIsRecordedBeforeItIsOffered() {
    place.fail(AWAY);
    live.changed(config(2, "", ORDERS));
    later.runOnce();
    assertThat(rules.newest().revision()).isEqualTo(1);

    place.fail(null);
    later.runOnce();

    assertThat(place.revisions()).containsExactly(1L, 2L);
    assertThat(rules.newest().revision()).isEqualTo(2);
  }

  @Test
  void aSlaveRecordsNothing() {
    master = false;

    live.changed(config(2, "", ORDERS));
    later.runOnce();

    assertThat(place.revisions()).containsExactly(1L);
  }

  @Test
  void aSuccessorFollowsWhatItsPredecessorDidWhenWhatIsPendingIsRefused() {
    live.changed(config(2, "", ORDERS));
    later.runOnce();
    StoredConfig pending = config(3, "\"Heartbeat\":\"9s\",", GOODS);

    ActiveRules successor = successor(started, new FakeConfigStore(pending));

    assertThat(tables(successor)).containsExactly("mall_db.orders");
    assertThat(successor.status().refusal()).contains("Heartbeat");
    assertThat(successor.status().refusedRevision()).isEqualTo(3);
    assertThat(place.revisions()).containsExactly(1L, 2L);
  }

  @Test
  void aSuccessorFollowsWhatItsPredecessorDidWhenWhatLiesThereIsNoConfiguration() {
    live.changed(config(2, "", ORDERS));
    later.runOnce();

    ActiveRules successor = successor(started, FakeConfigStore.faulty());

    assertThat(tables(successor)).containsExactly("mall_db.orders");
  }

  @Test
  void aSuccessorThatWasStartedWithWhatTheServerRefusesFollowsItsPredecessor() {
    server.answer(
        CheckResult.notOk(
            "table mall_db.orders", FailureKind.CONFIGURATION, "no such column", "fix"));
    StoredConfig pending = config(2, "", ORDERS);

    ActiveRules successor = successor(pending, new FakeConfigStore(pending));

    assertThat(tables(successor)).containsExactly("mall_db.goods");
    assertThat(successor.status().refusal()).contains("no such column");
  }

  @Test
  void aSuccessorFollowsTheRulesThatItsPredecessorWasRestartedWith() {
    StoredConfig restarted = config(2, "\"Heartbeat\":\"9s\",", ORDERS);
    successor(restarted, new FakeConfigStore(restarted));

    ActiveRules stale = successor(started, new FakeConfigStore(restarted));

    assertThat(tables(stale)).containsExactly("mall_db.orders");
    assertThat(stale.status().refusal()).isNull();
    assertThat(place.revisions()).containsExactly(1L, 2L);
  }

  @Test
  void aSuccessorThatCanFollowNothingDoesNotFollowOlderRules() {
    place.save(new AppliedConfig(7, "{ not JSON", "a digest", List.of()));

    DeliveryException e =
        catchThrowableOfType(
            DeliveryException.class, () -> successor(started, FakeConfigStore.faulty()));

    assertThat(e.isRetriable()).isTrue();
    assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION);
    assertThat(e).hasMessageContaining("neither what lies there now can be followed");
  }

  @Test
  void aDamagedRecordIsReplacedByASoundConfiguration() {
    AppliedConfigStore damaged = new DamagedPlace(place);
    StoredConfig now = config(2, "", ORDERS);
    ActiveRules successor = new ActiveRules(started.config().rules(1));

    live(started, successor).settle(new FakeConfigStore(now), damaged);

    assertThat(tables(successor)).containsExactly("mall_db.orders");
    assertThat(place.revisions()).containsExactly(1L, 2L);
  }

  @Test
  void whatMayHaveBeenRecordedWithoutAnAnswerIsTakenBackWhenItIsNotFollowed() {
    place.saveWithoutAnswer(AWAY);
    live.changed(config(2, "", ORDERS));
    later.runOnce();
    place.fail(null);

    live.faulty(3, new ConfigException(List.of(new Fault("", "not JSON"))));
    later.runOnce();

    assertThat(place.revisions()).containsExactly(1L, 2L, 1L);
  }

  @Test
  void aFileOfThisHostThatLiesBehindWhatTheGroupFollowsIsRefused() {
    live.changed(config(2, "", GOODS + "," + ORDERS));
    later.runOnce();
    FakeConfigStore unchanged = new FakeConfigStore(config(1, "", GOODS)).ofThisHost();

    ActiveRules successor = successor(started, unchanged);

    assertThat(tables(successor)).containsExactly("mall_db.goods", "mall_db.orders");
    assertThat(successor.status().refusal()).contains("older", "another host");
  }

  @Test
  void aFileOfThisHostWithNewRulesHolds() {
    live.changed(config(2, "", GOODS + "," + ORDERS));
    later.runOnce();
    FakeConfigStore edited = new FakeConfigStore(config(2, "", ORDERS)).ofThisHost();

    assertThat(tables(successor(started, edited))).containsExactly("mall_db.orders");
  }

  @Test
  void theServerIsNotAskedAgainAboutRulesThatTheGroupFollows() {
    StoredConfig ofAnotherHost = config(1, "\"RPCListen\":\":1\",", GOODS);

    successor(ofAnotherHost, new FakeConfigStore(ofAnotherHost).ofThisHost());

    assertThat(server.asked()).isZero();
  }

  @Test
  void whatWasRecordedAndNeverTakenUpIsFollowedByTheSuccessor() {
    place.saveWithoutAnswer(AWAY);
    live.changed(config(2, "", ORDERS));
    later.runOnce();
    place.fail(null);
    assertThat(tables(rules)).containsExactly("mall_db.goods");

    ActiveRules successor = successor(started, FakeConfigStore.faulty());

    assertThat(tables(successor)).containsExactly("mall_db.orders");
  }

  @Test
  void goingBackToEarlierRulesInAPlaceThatAllBrokersReadHolds() {
    live.changed(config(2, "", ORDERS));
    later.runOnce();

    ActiveRules successor = successor(started, new FakeConfigStore(config(3, "", GOODS)));

    assertThat(tables(successor)).containsExactly("mall_db.goods");
  }

  @Test
  void whatTheWatchReadBeforeANewMasterLoadedANewerRevisionIsIgnored() {
    live.settle(new FakeConfigStore(config(3, "", GOODS + "," + ORDERS)), place);

    live.changed(config(2, "", GOODS));
    live.faulty(2, new ConfigException("conf.json", List.of(new Fault("", "not JSON"))));

    assertThat(later.waiting()).isZero();
    assertThat(rules.newest().revision()).isEqualTo(3);
    assertThat(rules.status().refusal()).isNull();
  }

  @Test
  void aSettlementDoesNotHideWhatTheWatchTellsMeanwhile() {
    StoredConfig newer = config(3, "", ORDERS);
    FakeConfigStore store = new FakeConfigStore(config(2, "", GOODS + "," + ORDERS));

    live.settle(store.beforeLoad(() -> live.changed(newer)), place);
    later.runOnce();

    assertThat(rules.newest().revision()).isEqualTo(3);
  }

  /** What another process follows that becomes master with this in its store. */
  private ActiveRules successor(StoredConfig startedWith, FakeConfigStore store) {
    ActiveRules its = new ActiveRules(startedWith.config().rules(startedWith.revision()));
    live(startedWith, its).settle(store, place);
    return its;
  }

  private LiveConfig live(StoredConfig startedWith, ActiveRules its) {
    return new LiveConfig("conf.json", startedWith, its, server, () -> true, later);
  }

  private static List<String> tables(ActiveRules rules) {
    return rules.newest().exact().describe().stream()
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }

  private static StoredConfig config(long revision, String more, String tables) {
    return config(revision, more, "secret1", tables);
  }

  private static StoredConfig config(long revision, String more, String password, String tables) {
    String text =
        """
        {%s "KafkaAddr":["k:9092"], "MysqlConn":"u:%s@tcp(db:3306)",
         "Sources":[{"Schema":"mall_db","Tables":[%s]}]}
        """
            .formatted(more, password, tables);
    return new StoredConfig(new ConfigReader(Map.of()).read(text, "conf.json"), revision, text);
  }

  /** A place whose record nobody can read. */
  private record DamagedPlace(AppliedConfigStore place) implements AppliedConfigStore {
    @Override
    public AppliedConfig load() {
      throw DeliveryException.retriable(FailureKind.CONFIGURATION, "damaged", null);
    }

    @Override
    public void save(AppliedConfig applied) {
      place.save(applied);
    }
  }
}
