package io.binlogbroker.broker.config.watch;

import static io.binlogbroker.broker.config.watch.MallConfigs.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
  private final ManualExecutor checks = new ManualExecutor();
  private final MemoryAppliedConfigStore place = new MemoryAppliedConfigStore();
  private boolean master = true;
  private final LiveConfig live =
      new LiveConfig("conf.json", started, rules, server, () -> master, checks);

  @BeforeEach
  void startTheTerm() {
    live.selectAtTermStart(new FakeConfigStore(started), place);
    server.resetCount();
  }

  @Test
  void theFirstStartFailsWithAnImpossibleKey() {
    server.answer(
        CheckResult.notOk(
            "table mall_db.goods", FailureKind.CONFIGURATION, "Key names [a]", "correct it"));

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> firstStart().selectAtTermStart(new FakeConfigStore(started), newPlace()))
        .withMessage("conf.json:\ntable mall_db.goods: Key names [a]; fix: correct it")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION))
        .satisfies(e -> assertThat(e.isRetriable()).isFalse());
  }

  @Test
  void theFirstStartOnlyWarnsOfMissingTablesAndPrivileges() {
    server.answer(
        CheckResult.notOk("table mall_db.goods", FailureKind.SOURCE_ACCESS, "denied", "GRANT"),
        CheckResult.warning("table mall_db.orders", "does not exist", ""));

    firstStart().selectAtTermStart(new FakeConfigStore(started), newPlace());

    assertThat(rules.newest().revision()).isEqualTo(1);
  }

  @Test
  void aRestartWithTheSameRulesOnlyWarnsAndOnlyOnce() {
    server.answer(
        CheckResult.notOk(
            "table mall_db.goods", FailureKind.CONFIGURATION, "Key names [a]", "correct it"));

    live.selectAtTermStart(new FakeConfigStore(started), place);
    live.selectAtTermStart(new FakeConfigStore(started), place);
    checks.runQueued();

    assertThat(server.asked()).isEqualTo(1);
    assertThat(rules.newest().revision()).isEqualTo(1);
  }

  private LiveConfig firstStart() {
    return new LiveConfig("conf.json", started, rules, server, () -> true, checks);
  }

  private static MemoryAppliedConfigStore newPlace() {
    return new MemoryAppliedConfigStore();
  }

  @Test
  void anAddedTableIsOfferedToTheRelay() {
    live.changed(config(2, "", GOODS + "," + ORDERS));
    checks.runQueued();

    assertThat(rules.newest().revision()).isEqualTo(2);
    assertThat(rules.newest().exact().describe())
        .containsExactly(
            "mall_db.goods -> topic mall_db, key table name",
            "mall_db.orders -> topic mall_db, key user_id");
    assertThat(rules.status().refusal()).isNull();
  }

  @Test
  void theStoresThreadDoesNotWaitForTheServer() {
    live.changed(config(2, "", ORDERS));

    assertThat(server.asked()).isZero();
    assertThat(rules.newest().revision()).isEqualTo(1);
  }

  @Test
  void theNewestValidConfigurationIsKnown() {
    live.selectAtTermStart(new FakeConfigStore(started), place);
    live.changed(config(2, "", ORDERS));
    checks.runQueued();
    live.changed(config(3, "\"Heartbeat\":\"9s\",", ORDERS));
    checks.runQueued();

    assertThat(live.accepted().revision()).isEqualTo(2);
  }

  @Test
  void rulesThatContradictEachOtherAreRefusedAsAWhole() {
    live.changed(config(2, "", ORDERS + ",{\"Table\":\"orders\",\"Key\":\"id\"}"));
    checks.runQueued();

    assertThat(rules.newest().revision()).isEqualTo(1);
    assertThat(rules.status().refusedRevision()).isEqualTo(2);
    assertThat(rules.status().refusal()).contains("Sources[0].Tables[1]", "has another rule");
  }

  @Test
  void aChangeThatNeedsARestartIsRefusedWithItsRulesAndShowsNoPassword() {
    live.changed(config(2, "\"Heartbeat\":\"9s\",", "secret2", ORDERS));
    checks.runQueued();

    assertThat(rules.newest().revision()).isEqualTo(1);
    assertThat(rules.status().refusal())
        .contains("MysqlConn: ", "Heartbeat: ", "restart the broker")
        .doesNotContain("secret", "SyncAll");
  }

  @Test
  void aChangeOfTheBrokersPartNeedsARestart() {
    live.changed(config(2, "\"RPCListen\":\":1\",", ORDERS));
    checks.runQueued();

    assertThat(rules.status().refusal()).contains("RPCListen: ", "restart the broker");
  }

  @Test
  void aMissingColumnIsRefused() {
    server.answer(
        CheckResult.notOk(
            "table mall_db.orders",
            FailureKind.CONFIGURATION,
            "Key names [user_id]",
            "correct \"Key\""));

    live.changed(config(2, "", ORDERS));
    checks.runQueued();

    assertThat(rules.newest().revision()).isEqualTo(1);
    assertThat(rules.status().refusal())
        .isEqualTo("conf.json:\ntable mall_db.orders: Key names [user_id]; fix: correct \"Key\"");
  }

  @Test
  void aWarningIsNotARefusal() {
    server.answer(CheckResult.warning("table mall_db.orders", "does not exist", ""));

    live.changed(config(2, "", ORDERS));
    checks.runQueued();

    assertThat(rules.newest().revision()).isEqualTo(2);
  }

  @Test
  void aSlaveDoesNotQueryTheServer() {
    master = false;

    live.changed(config(2, "", ORDERS));
    checks.runQueued();

    assertThat(server.asked()).isZero();
    assertThat(rules.newest().revision()).isEqualTo(2);
  }

  @Test
  void aNewMasterFollowsTheStoresCurrentConfiguration() {
    master = false;

    live.selectAtTermStart(new FakeConfigStore(config(2, "", ORDERS)), place);

    assertThat(server.asked()).isEqualTo(1);
    assertThat(rules.newest().revision()).isEqualTo(2);
  }

  @Test
  void aNewMasterRefusesRulesThatTheServerRejects() {
    master = false;
    StoredConfig change = config(2, "", ORDERS);
    live.changed(change);
    checks.runQueued();
    server.answer(
        CheckResult.notOk("table mall_db.orders", FailureKind.UNDELIVERABLE, "no such key", "fix"));

    live.selectAtTermStart(new FakeConfigStore(change), place);

    assertThat(rules.newest().revision()).isEqualTo(1);
    assertThat(rules.status().refusedRevision()).isEqualTo(2);
  }

  @Test
  void aNewMasterChecksOnlyNewRulesAgainstTheServer() {
    live.changed(config(2, "", ORDERS));
    checks.runQueued();

    live.selectAtTermStart(new FakeConfigStore(config(2, "", ORDERS)), place);

    assertThat(server.asked()).isEqualTo(1);
  }

  @Test
  void anUnreachableServerIsRetriedAfterADelay() {
    server.fail(AWAY);
    live.changed(config(2, "", ORDERS));
    checks.runQueued();
    assertThat(checks.lastDelay()).isEqualTo(Duration.ofSeconds(3));
    assertThat(rules.status().refusal()).isNull();

    server.answer();
    checks.runQueued();

    assertThat(rules.newest().revision()).isEqualTo(2);
    assertThat(checks.queued()).isZero();
  }

  @Test
  void aNewerChangeReplacesAPendingOne() {
    server.fail(AWAY);
    live.changed(config(2, "", ORDERS));
    checks.runQueued();

    server.answer();
    live.changed(config(3, "", GOODS + "," + ORDERS));
    checks.runQueued();

    assertThat(server.asked()).isEqualTo(2);
    assertThat(rules.newest().revision()).isEqualTo(3);
  }

  @Test
  void aDeniedAccessIsARefusal() {
    server.fail(DeliveryException.fatal(FailureKind.SOURCE_ACCESS, "Access denied"));

    live.changed(config(2, "", ORDERS));
    checks.runQueued();

    assertThat(rules.status().refusal()).isEqualTo("Access denied");
    assertThat(checks.queued()).isZero();
  }

  @Test
  void anInternalErrorRefusesTheChangeWithoutItsTextAndTheNextChangeIsAccepted() {
    server.fail(new NumberFormatException("Value \"s3cret\" cannot be read"));
    live.changed(config(2, "", ORDERS));
    checks.runQueued();

    assertThat(rules.status().refusedRevision()).isEqualTo(2);
    assertThat(rules.status().refusal())
        .contains("conf.json", "internal error (NumberFormatException)")
        .doesNotContain("s3cret");

    server.answer();
    live.changed(config(3, "", ORDERS));
    checks.runQueued();

    assertThat(rules.newest().revision()).isEqualTo(3);
  }

  @Test
  void anInvalidTextIsRefusedWithItsPosition() {
    live.faulty(2, new ConfigException("conf.json", List.of(new Fault("", "line 3: not JSON"))));
    checks.runQueued();

    assertThat(rules.status().refusedRevision()).isEqualTo(2);
    assertThat(rules.status().refusal()).contains("conf.json", "line 3");
  }

  @Test
  void revertingToTheActiveRulesEndsTheRefusal() {
    live.faulty(2, new ConfigException(List.of(new Fault("", "not JSON"))));
    live.changed(config(3, "", GOODS));
    checks.runQueued();

    assertThat(rules.status().refusal()).isNull();
    assertThat(rules.newest().revision()).isEqualTo(3);
  }

  @Test
  void aChangeIsRecordedBeforeItIsOffered() {
    place.fail(AWAY);
    live.changed(config(2, "", ORDERS));
    checks.runQueued();
    assertThat(rules.newest().revision()).isEqualTo(1);

    place.fail(null);
    checks.runQueued();

    assertThat(place.revisions()).containsExactly(1L, 2L);
    assertThat(rules.newest().revision()).isEqualTo(2);
  }

  @Test
  void aSlaveRecordsNothing() {
    master = false;

    live.changed(config(2, "", ORDERS));
    checks.runQueued();

    assertThat(place.revisions()).containsExactly(1L);
  }

  @Test
  void aSuccessorFollowsThePredecessorsRulesIfThePendingChangeIsRefused() {
    live.changed(config(2, "", ORDERS));
    checks.runQueued();
    StoredConfig pending = config(3, "\"Heartbeat\":\"9s\",", GOODS);

    ActiveRules successor = successor(started, new FakeConfigStore(pending));

    assertThat(tables(successor)).containsExactly("mall_db.orders");
    assertThat(successor.status().refusal()).contains("Heartbeat");
    assertThat(successor.status().refusedRevision()).isEqualTo(3);
    assertThat(place.revisions()).containsExactly(1L, 2L);
  }

  @Test
  void aSuccessorFollowsThePredecessorsRulesIfTheCurrentTextIsInvalid() {
    live.changed(config(2, "", ORDERS));
    checks.runQueued();

    ActiveRules successor = successor(started, FakeConfigStore.faulty());

    assertThat(tables(successor)).containsExactly("mall_db.orders");
  }

  @Test
  void aSuccessorStartedWithRulesThatTheServerRejectsFollowsItsPredecessor() {
    server.answer(
        CheckResult.notOk(
            "table mall_db.orders", FailureKind.CONFIGURATION, "no such column", "fix"));
    StoredConfig pending = config(2, "", ORDERS);

    ActiveRules successor = successor(pending, new FakeConfigStore(pending));

    assertThat(tables(successor)).containsExactly("mall_db.goods");
    assertThat(successor.status().refusal()).contains("no such column");
  }

  @Test
  void aSuccessorFollowsTheRulesOfARestartedPredecessor() {
    StoredConfig restarted = config(2, "\"Heartbeat\":\"9s\",", ORDERS);
    successor(restarted, new FakeConfigStore(restarted));

    ActiveRules stale = successor(started, new FakeConfigStore(restarted));

    assertThat(tables(stale)).containsExactly("mall_db.orders");
    assertThat(stale.status().refusal()).isNull();
    assertThat(place.revisions()).containsExactly(1L, 2L);
  }

  @Test
  void aSuccessorWithoutAValidConfigurationDoesNotFollowOlderRules() {
    place.save(new AppliedConfig(7, "{ not JSON", "a digest", List.of()));

    DeliveryException e =
        catchThrowableOfType(
            DeliveryException.class, () -> successor(started, FakeConfigStore.faulty()));

    assertThat(e.isRetriable()).isTrue();
    assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION);
    assertThat(e).hasMessageContaining("neither the current configuration nor");
  }

  @Test
  void aDamagedRecordIsReplacedByAValidConfiguration() {
    AppliedConfigStore damaged = new DamagedPlace(place);
    StoredConfig now = config(2, "", ORDERS);
    ActiveRules successor = new ActiveRules(started.config().rules(1));

    live(started, successor).selectAtTermStart(new FakeConfigStore(now), damaged);

    assertThat(tables(successor)).containsExactly("mall_db.orders");
    assertThat(place.revisions()).containsExactly(1L, 2L);
  }

  @Test
  void aRecordWithoutAnAnswerIsRewrittenIfTheChangeIsNotFollowed() {
    place.saveWithoutAnswer(AWAY);
    live.changed(config(2, "", ORDERS));
    checks.runQueued();
    place.fail(null);

    live.faulty(3, new ConfigException(List.of(new Fault("", "not JSON"))));
    checks.runQueued();

    assertThat(place.revisions()).containsExactly(1L, 2L, 1L);
  }

  @Test
  void aLocalFileWithOlderRulesThanTheGroupsIsRefused() {
    live.changed(config(2, "", GOODS + "," + ORDERS));
    checks.runQueued();
    FakeConfigStore unchanged = new FakeConfigStore(config(1, "", GOODS)).local();

    ActiveRules successor = successor(started, unchanged);

    assertThat(tables(successor)).containsExactly("mall_db.goods", "mall_db.orders");
    assertThat(successor.status().refusal()).contains("older", "another host");
  }

  @Test
  void aLocalFileWithNewRulesIsFollowed() {
    live.changed(config(2, "", GOODS + "," + ORDERS));
    checks.runQueued();
    FakeConfigStore edited = new FakeConfigStore(config(2, "", ORDERS)).local();

    assertThat(tables(successor(started, edited))).containsExactly("mall_db.orders");
  }

  @Test
  void rulesThatTheGroupFollowsAreNotCheckedAgain() {
    StoredConfig ofAnotherHost = config(1, "\"RPCListen\":\":1\",", GOODS);

    successor(ofAnotherHost, new FakeConfigStore(ofAnotherHost).local());

    assertThat(server.asked()).isZero();
  }

  @Test
  void aRecordedChangeThatNeverBecameActiveIsFollowedByTheSuccessor() {
    place.saveWithoutAnswer(AWAY);
    live.changed(config(2, "", ORDERS));
    checks.runQueued();
    place.fail(null);
    assertThat(tables(rules)).containsExactly("mall_db.goods");

    ActiveRules successor = successor(started, FakeConfigStore.faulty());

    assertThat(tables(successor)).containsExactly("mall_db.orders");
  }

  @Test
  void earlierRulesInASharedStoreAreFollowed() {
    live.changed(config(2, "", ORDERS));
    checks.runQueued();

    ActiveRules successor = successor(started, new FakeConfigStore(config(3, "", GOODS)));

    assertThat(tables(successor)).containsExactly("mall_db.goods");
  }

  @Test
  void anOlderRevisionFromTheWatchIsIgnored() {
    live.selectAtTermStart(new FakeConfigStore(config(3, "", GOODS + "," + ORDERS)), place);

    live.changed(config(2, "", GOODS));
    live.faulty(2, new ConfigException("conf.json", List.of(new Fault("", "not JSON"))));

    assertThat(checks.queued()).isZero();
    assertThat(rules.newest().revision()).isEqualTo(3);
    assertThat(rules.status().refusal()).isNull();
  }

  @Test
  void aTermStartDoesNotHideAConcurrentChange() {
    StoredConfig newer = config(3, "", ORDERS);
    FakeConfigStore store = new FakeConfigStore(config(2, "", GOODS + "," + ORDERS));

    live.selectAtTermStart(store.beforeLoad(() -> live.changed(newer)), place);
    checks.runQueued();

    assertThat(rules.newest().revision()).isEqualTo(3);
  }

  /** The rules of another process that becomes master with this store. */
  private ActiveRules successor(StoredConfig startedWith, FakeConfigStore store) {
    ActiveRules its = new ActiveRules(startedWith.config().rules(startedWith.revision()));
    live(startedWith, its).selectAtTermStart(store, place);
    return its;
  }

  private LiveConfig live(StoredConfig startedWith, ActiveRules its) {
    return new LiveConfig("conf.json", startedWith, its, server, () -> true, checks);
  }

  private static List<String> tables(ActiveRules rules) {
    return rules.newest().exact().describe().stream()
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }
}
