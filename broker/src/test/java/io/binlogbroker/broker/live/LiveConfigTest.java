package io.binlogbroker.broker.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.config.ConfigException;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.Fault;
import io.binlogbroker.broker.relay.CheckResult;
import io.binlogbroker.broker.relay.ExitCode;
import io.binlogbroker.broker.relay.RelayException;
import io.binlogbroker.broker.relay.Rules;
import io.binlogbroker.broker.relay.RulesInForce;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveConfigTest {
  private static final String GOODS = "{\"Table\":\"goods\"}";
  private static final String ORDERS = "{\"Table\":\"orders\",\"Key\":\"user_id\"}";
  private static final RelayException AWAY =
      RelayException.passing(ExitCode.UNREACHABLE, "Connection refused", null);

  private final StoredConfig started = config(1, "", GOODS);
  private final RulesInForce rules = new RulesInForce(Rules.of(1, started.config()));
  private final FakeRuleCheck server = new FakeRuleCheck();
  private final QueuedWork later = new QueuedWork();
  private boolean master = true;
  private final LiveConfig live =
      new LiveConfig("conf.json", started, rules, server, () -> master, later);

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
            "table mall_db.orders", ExitCode.UNDELIVERABLE, "Key names [user_id]", "mend \"Key\""));

    live.changed(config(2, "", ORDERS));
    later.runOnce();

    assertThat(rules.newest().revision()).isEqualTo(1);
    assertThat(rules.status().refusal())
        .isEqualTo("conf.json:\ntable mall_db.orders: Key names [user_id]; to mend: mend \"Key\"");
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

    live.settle(new FakeConfigStore(config(2, "", ORDERS)));

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
        CheckResult.notOk("table mall_db.orders", ExitCode.UNDELIVERABLE, "no such key", "mend"));

    live.settle(new FakeConfigStore(change));

    assertThat(rules.newest().revision()).isEqualTo(1);
    assertThat(rules.status().refusedRevision()).isEqualTo(2);
  }

  @Test
  void aNewMasterAsksTheServerOnlyAboutWhatIsNewToIt() {
    live.changed(config(2, "", ORDERS));
    later.runOnce();

    live.settle(new FakeConfigStore(config(2, "", ORDERS)));

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
    server.fail(RelayException.fatal(ExitCode.SOURCE_ACCESS, "Access denied"));

    live.changed(config(2, "", ORDERS));
    later.runOnce();

    assertThat(rules.status().refusal()).isEqualTo("Access denied");
    assertThat(later.waiting()).isZero();
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
    return new StoredConfig(new ConfigReader(Map.of()).read(text, "conf.json"), revision);
  }
}
