package io.binlogbroker.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveTopics;
import io.binlogbroker.broker.fixture.Pause;
import io.binlogbroker.testkit.EtcdCluster;
import io.binlogbroker.testkit.EtcdServer;
import io.binlogbroker.testkit.EtcdVersion;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.network.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two brokers of a group; the master is killed, frozen, stopped and disconnected under load, and
 * consumers see no gap and no duplicate. {@code -Dha.rounds=10} repeats each fault ten times,
 * {@code -Dha.lease=5s} sets the lease, {@code -Dha.freeze=60} the seconds of a freeze and {@code
 * -Dha.outage=60} those of an outage of etcd.
 */
@Timeout(1800)
class TakeoverIT {
  private static final int ROUNDS = Integer.getInteger("ha.rounds", 1);
  private static final Duration FREEZE = Duration.ofSeconds(Integer.getInteger("ha.freeze", 6));
  private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("ha.outage", 8));
  private static final String IMPATIENT =
      """
      "Kafka": {"request.timeout.ms": "3000", "delivery.timeout.ms": "4000",
                "max.block.ms": "5000"},
      """;

  private static final List<String> RULE_TABLES = List.of("coming", "leaving", "staying");
  private static final String STAYING = "{\"Table\":\"staying\",\"Topic\":\"staying\"}";
  private static final String LEAVING = ",{\"Table\":\"leaving\",\"Topic\":\"leaving\"}";
  private static final String COMING = ",{\"Table\":\"coming\",\"Topic\":\"coming\"}";
  private static final String TABLES = STAYING + LEAVING;

  private static final String POSITIONS = "binlogbroker.positions";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static Shop shop;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    KafkaServer kafka = new KafkaServer().with("auto.create.topics.enable", "false");
    shop = Shop.open(MysqlServer.mysql8033(), kafka.withProxy().withProxy());
  }

  @AfterAll
  static void close() {
    shop.close();
  }

  @AfterEach
  void clear() {
    shop.clear();
  }

  @Test
  void theMasterIsKilled() {
    underLoad("kill -9", 0, TakeoverIT::kill);
  }

  @Test
  void theMasterIsKilledUnderSmallTransactions() {
    underLoad("kill -9, small transactions", 3, TakeoverIT::kill);
  }

  private static void kill(HighAvailability ha) {
    PairMember master = ha.pair().master();
    long killed = System.nanoTime();
    master.broker().kill();
    ha.awaitTakeover(ha.pair().other(master), killed);
    restart(ha, master);
  }

  @Test
  void theMasterIsStoppedUnderSmallTransactions() {
    underLoad(
        "SIGTERM, small transactions",
        3,
        ha -> {
          PairMember master = ha.pair().master();
          long stopped = System.nanoTime();
          assertThat(master.broker().stop()).isZero();
          ha.awaitTakeover(ha.pair().other(master), stopped);
          restart(ha, master);
        });
  }

  /** After a restart it is a slave. */
  private static void restart(HighAvailability ha, PairMember member) {
    member.broker().start().awaitConsole("Ready to take over", LIMIT);
    ha.pair().awaitSlave(member);
  }

  @Test
  void aFrozenMasterResumesAsSlave() {
    underLoad(
        "SIGSTOP, SIGCONT",
        0,
        ha -> {
          PairMember master = ha.pair().master();
          PairMember other = ha.pair().other(master);
          long frozen = System.nanoTime();
          master.freeze();
          ha.awaitTakeover(other, frozen);
          Pause.of(Math.max(0, FREEZE.minusNanos(System.nanoTime() - frozen).toMillis()));
          master.thaw();
          ha.pair().awaitSlave(master);
          ha.awaitChanges();
          assertThat(other.isMaster()).isTrue();
        });
  }

  @Test
  void theMasterIsDisconnectedFromEtcd() {
    underLoad("cut off from etcd", 0, ha -> cutUntilTakeover(ha, PairMember::etcd));
  }

  @Test
  void theMasterIsDisconnectedFromKafka() {
    try (EtcdServer etcd = EtcdServer.v34().start();
        HighAvailability ha = new HighAvailability(shop, folder, List.of(etcd), 0, IMPATIENT)) {
      repeat("cut off from Kafka", ha, faulty -> cutUntilTakeover(faulty, PairMember::kafka));
    }
  }

  @Test
  void theMasterIsDisconnectedFromMysql() {
    underLoad("cut off from MySQL", 0, ha -> cutUntilTakeover(ha, PairMember::mysql));
  }

  private static void cutUntilTakeover(
      HighAvailability ha, Function<PairMember, TcpProxy> network) {
    PairMember master = ha.pair().master();
    long cut = System.nanoTime();
    network.apply(master).cut();
    ha.awaitTakeover(ha.pair().other(master), cut);
    network.apply(master).restore();
    ha.pair().awaitSlave(master);
  }

  @Test
  void thePositionsTopicIsDeleted() {
    try (EtcdServer etcd = EtcdServer.v34().start();
        HighAvailability ha = new HighAvailability(shop, folder, List.of(etcd), 0, IMPATIENT)) {
      repeat(
          "positions topic deleted",
          ha,
          faulty -> {
            new LiveTopics(shop.kafka()).delete(POSITIONS);
            awaitPositionsTopic();
            faulty.awaitChanges();
          });
    }
  }

  /** The master recreates it after a failed commit. */
  private static void awaitPositionsTopic() {
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (!new LiveTopics(shop.kafka()).names().contains(POSITIONS)) {
      assertThat(System.nanoTime()).isLessThan(limit);
      Pause.of(200);
    }
  }

  @Test
  void theSlaveOpensNoConnectionToMysql() {
    underLoad(
        "a slave that waits",
        0,
        ha -> {
          ha.awaitChanges();
          PairMember master = ha.pair().master();
          assertThat(master.mysql().openConnections()).isPositive();
          assertThat(ha.pair().other(master).mysql().openConnections()).isZero();
          assertThat(shop.streams()).isEqualTo(1);
        });
  }

  @Test
  void etcdIsRestarted() {
    try (EtcdServer etcd = EtcdServer.v34().start()) {
      underLoad(
          "restart of etcd",
          List.of(etcd),
          0,
          ha -> {
            PairMember master = ha.pair().master();
            etcd.restart();
            ha.awaitChanges();
            assertThat(ha.pair().master()).isSameAs(master);
          });
    }
  }

  @Test
  void etcdHasALongOutage() {
    try (EtcdServer etcd = EtcdServer.v34().start()) {
      underLoad(
          "etcd away for " + OUTAGE.toSeconds() + " s",
          List.of(etcd),
          0,
          ha -> {
            etcd.stop();
            Pause.of(OUTAGE.toMillis());
            assertThat(ha.pair().members()).allMatch(PairMember::isSlave);
            etcd.start();
            ha.pair().master();
            ha.awaitChanges();
          });
    }
  }

  @Test
  void threeEtcdsAreRestartedOneByOne() {
    try (EtcdCluster etcd = EtcdCluster.of(EtcdVersion.V3_4).start()) {
      underLoad(
          "restart of three etcds one by one",
          etcd.servers(),
          0,
          ha -> {
            etcd.restartOneByOne();
            ha.pair().master();
            ha.awaitChanges();
          });
    }
  }

  @Test
  void theSuccessorAppliesTheRulesInForceAndNotThoseFromItsStart() {
    try (EtcdServer etcd = EtcdServer.v34().start();
        RulesPair pair = RulesPair.inEtcd(shop, folder, etcd, TABLES)) {
      BrokerProcess killed = rulesOutliveTheMaster(pair);

      pair.edit(text -> text.replace(LEAVING, "<"));
      pair.breakBrokersPart();
      killed.start().awaitConsole("Ready to take over", LIMIT);
      pair.other(killed).kill();
      killed.awaitReading();
      writeRuleTables(6);

      assertThat(pair.awaitIds(5, "coming")).containsExactly(2, 3, 4, 5, 6);
      assertThat(killed.console()).contains("is refused; this broker starts with revision");
      pair.awaitRules(rules -> rules.refusal() != null && rules.from() != null);
    }
  }

  @Test
  void theSuccessorOnTheSameHostAppliesTheRulesInForce() {
    try (RulesPair pair = RulesPair.ofOneFile(shop, folder, TABLES)) {
      BrokerProcess killed = rulesOutliveTheMaster(pair);

      pair.edit(text -> text.replace(LEAVING, "<"));
      assertThat(killed.start().awaitEnd(LIMIT)).isEqualTo(3);
      pair.edit(text -> text.replace("<", COMING));
      pair.other(killed).kill();
      killed.start().awaitReading();
      writeRuleTables(6);

      assertThat(pair.awaitIds(5, "coming")).containsExactly(2, 3, 4, 5, 6);
      assertThat(pair.awaitRules(rules -> rules.from() != null).refusal()).isNull();
    }
  }

  @Test
  void theSuccessorWithItsOwnFileAppliesTheRulesInForce() {
    try (EtcdServer etcd = EtcdServer.v34().start();
        RulesPair pair = RulesPair.ofTwoFiles(shop, folder, etcd, TABLES)) {
      BrokerProcess killed = rulesOutliveTheMaster(pair);

      killed.edit(text -> text.replace(COMING, LEAVING).replace("\"9s\"", "\"1s\""));
      killed.start().awaitConsole("Ready to take over", LIMIT);
      pair.other(killed).kill();
      killed.awaitReading();
      writeRuleTables(6);

      assertThat(pair.awaitIds(5, "coming")).containsExactly(2, 3, 4, 5, 6);
      assertThat(pair.awaitRules(rules -> rules.refusal() != null).refusal())
          .contains("another host");
    }
  }

  /** A table was added and one removed; the pending change reverts both, but is refused. */
  private static BrokerProcess rulesOutliveTheMaster(RulesPair pair) {
    RULE_TABLES.forEach(
        table -> shop.mysql().execute("CREATE TABLE mall_db." + table + " (id INT PRIMARY KEY)"));
    pair.start();
    writeRuleTables(1);
    long first = pair.awaitRules(rules -> rules.from() != null).appliedRevision();
    pair.edit(text -> text.replace(LEAVING, COMING));
    pair.awaitRules(rules -> rules.appliedRevision() > first);
    writeRuleTables(2);
    pair.edit(text -> text.replace(COMING, LEAVING).replace("\"1s\"", "\"9s\""));
    pair.awaitRules(rules -> rules.refusal() != null);
    writeRuleTables(3);

    BrokerProcess master = pair.master();
    master.kill();
    writeRuleTables(4);
    pair.other(master).awaitReading();
    writeRuleTables(5);

    assertThat(pair.awaitIds(4, "coming")).containsExactly(2, 3, 4, 5);
    assertThat(pair.awaitIds(5, "staying")).containsExactly(1, 2, 3, 4, 5);
    assertThat(pair.awaitIds(1, "leaving")).containsExactly(1);
    assertThat(pair.awaitRules(rules -> rules.refusal() != null).refusal()).contains("Heartbeat");
    return master;
  }

  /** Writes one row with this id to each, {@code staying} last. */
  private static void writeRuleTables(int id) {
    RULE_TABLES.forEach(
        table -> shop.mysql().execute("INSERT INTO mall_db." + table + " VALUES (" + id + ")"));
  }

  private void underLoad(String what, int size, Consumer<HighAvailability> fault) {
    try (EtcdServer etcd = EtcdServer.v34().start()) {
      underLoad(what, List.of(etcd), size, fault);
    }
  }

  private void underLoad(
      String what, List<EtcdServer> etcd, int size, Consumer<HighAvailability> fault) {
    try (HighAvailability ha = new HighAvailability(shop, folder, etcd, size, "")) {
      repeat(what, ha, fault);
    }
  }

  private static void repeat(String what, HighAvailability ha, Consumer<HighAvailability> fault) {
    for (int round = 0; round < ROUNDS; round++) {
      fault.accept(ha);
    }
    System.out.printf("TakeoverIT: %s, %d times: %s%n", what, ROUNDS, ha.verify());
  }
}
