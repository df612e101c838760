package io.binlogbroker.broker.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.config.watch.ConfigStoreContract;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.config.watch.ReportedConfigs;
import io.binlogbroker.broker.config.watch.StoredConfig;
import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.testkit.EtcdGateway;
import io.binlogbroker.testkit.EtcdServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LiveEtcd.Provider.class)
@Timeout(300)
class EtcdConfigStoreIT extends ConfigStoreContract {
  private static final String BROKER = "{\"KafkaAddr\": [\"k:9092\"]}";
  private static final String SOURCE =
      """
      {"MysqlConn": "u:p@tcp(db:3306)", // where
       "Sources": [{"Schema": "mall_db", "Tables": [{"Table": "%s"}]}]}
      """;
  private static final EtcdConfig ETCD = new EtcdConfig(List.of("etcd1:2379"), null, null, null);

  private final LiveEtcd etcd;
  private final EtcdGateway operator;

  EtcdConfigStoreIT(LiveEtcd etcd, EtcdServer server) {
    this.etcd = etcd;
    this.operator = server.gateway();
  }

  @Override
  protected EtcdConfigStore store() {
    return new EtcdConfigStore(etcd.connection(), LiveEtcd.KEYS, ETCD, new ConfigReader(Map.of()));
  }

  @Override
  protected void write(String source) {
    if (operator.get("/config/binlogbroker") == null) {
      operator.put("/config/binlogbroker", BROKER);
    }
    operator.put("/config/binlogbroker:db_mall", source);
  }

  @Test
  void aMissingPartIsReportedWithTheCommandThatWritesIt() {
    operator.put("/config/binlogbroker", BROKER);

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> store().load())
        .withMessageContaining("etcd /config/binlogbroker:db_mall")
        .withMessageContaining("binlogbroker config put");
  }

  @Test
  void reportsRemovalAndRestorationOfTheSourcePart() {
    ReportedConfigs reported = new ReportedConfigs();
    write(SOURCE.formatted("goods"));
    try (EtcdConfigStore store = store()) {
      store.watch(store.load().revision(), reported);

      operator.delete("/config/binlogbroker:db_mall");
      ReportedConfigs.Report removed = reported.next();
      write(SOURCE.formatted("orders"));
      ReportedConfigs.Report again = reported.next();

      assertThat(removed.faults()).hasMessageContaining("key not found");
      assertThat(again.tables()).isEqualTo("orders");
      assertThat(again.revision()).isGreaterThan(removed.revision());
    }
  }

  @Test
  void anInvalidBrokerPartDoesNotBlockChangesOfTheSourcePart() {
    ReportedConfigs reported = new ReportedConfigs();
    write(SOURCE.formatted("goods"));
    try (EtcdConfigStore store = store()) {
      store.watch(store.load().revision(), reported);

      operator.put("/config/binlogbroker", "{");
      write(SOURCE.formatted("orders"));

      assertThat(reported.next().tables()).isEqualTo("orders");
    }
  }

  /** A new master loads the configuration again: keys that need a restart must not prevent that. */
  @Test
  void aChangedBrokerPartDoesNotBlockALaterLoad() {
    write(SOURCE.formatted("goods"));
    try (EtcdConfigStore store = store()) {
      BrokerConfig started = store.load().config().broker();
      for (String other : List.of("{", "{\"KafkaAddr\": [\"k:9093\"]}")) {
        operator.put("/config/binlogbroker", other);
        write(SOURCE.formatted("orders"));

        Config later = store.load().config();

        assertThat(later.broker()).isEqualTo(started);
        assertThat(later.source().sources().get(0).tables().get(0).table()).isEqualTo("orders");
      }
    }
  }

  @Test
  void theLastFollowedConfigurationReplacesAnInvalidPart() {
    write(SOURCE.formatted("goods"));
    StoredConfig followed = store().load();
    new EtcdAppliedConfigStore(
            etcd.connection(), LiveEtcd.KEYS, LockGuard.none(LiveEtcd.KEYS), Clock.systemUTC())
        .save(
            new AppliedConfig(
                followed.revision(), followed.text(), followed.broker(), "digest", List.of()));

    for (String broken : List.of("/config/binlogbroker", "/config/binlogbroker:db_mall")) {
      operator.put(broken, "{");

      EtcdConfigStore next = store();
      assertThatExceptionOfType(ConfigException.class).isThrownBy(next::load);
      assertThat(next.lastFollowed()).isEqualTo(followed);
    }
  }

  @Test
  void readsARecordOfAMasterWithAFile() {
    write(SOURCE.formatted("goods"));
    StoredConfig now = store().load();
    for (String file :
        List.of(
            "{\"BrokerConfig\": %s, \"SourceConfig\": %s}".formatted(BROKER, now.text()),
            BROKER.replace("}", ",") + now.text().substring(1))) {
      AppliedConfig ofFile = new AppliedConfig(3, file, "digest", List.of());

      StoredConfig recorded = store().recorded(ofFile);

      assertThat(recorded.config()).isEqualTo(now.config());
      assertThat(recorded.text()).isEqualTo(file);
      assertThat(recorded.broker()).isEmpty();
    }
  }

  @Test
  void withoutARecordNothingReplacesAnInvalidPart() {
    write("{");

    assertThat(store().lastFollowed()).isNull();
  }

  @Test
  void aCompactionHidesNoChange() {
    ReportedConfigs reported = new ReportedConfigs();
    write(SOURCE.formatted("goods"));
    try (EtcdConfigStore store = store()) {
      long revision = store.load().revision();
      write(SOURCE.formatted("orders"));
      operator.put("/other", "1");
      operator.compact();

      store.watch(revision, reported);

      assertThat(reported.next().tables()).isEqualTo("orders");
    }
  }

  @Test
  void aRestartOfEtcdHidesNoChange() {
    ReportedConfigs reported = new ReportedConfigs();
    try (EtcdServer own = EtcdServer.v34().start();
        LiveEtcd toOwn = LiveEtcd.of(own);
        EtcdConfigStore store =
            new EtcdConfigStore(
                toOwn.connection(), LiveEtcd.KEYS, ETCD, new ConfigReader(Map.of()))) {
      own.gateway().put("/config/binlogbroker", BROKER);
      own.gateway().put("/config/binlogbroker:db_mall", SOURCE.formatted("goods"));
      store.watch(store.load().revision(), reported);

      own.restart();
      own.gateway().put("/config/binlogbroker:db_mall", SOURCE.formatted("orders"));

      assertThat(reported.next().tables()).isEqualTo("orders");
    }
  }

  @Test
  void theConnectionSettingsAreThoseOfTheStore() {
    operator.put("/config/binlogbroker", "{\"KafkaAddr\": [\"k:9092\"], \"LeaseTtl\": \"7s\"}");
    operator.put("/config/binlogbroker:db_mall", SOURCE.formatted("goods"));

    BrokerConfig found = store().load().config().broker();

    assertThat(found.etcd())
        .isEqualTo(new EtcdConfig(ETCD.etcdAddr(), null, null, null, Duration.ofSeconds(7), true));
  }

  @Test
  void aTextIsWrittenOnlyOverTheExpectedRevision() {
    EtcdConfigStore store = store();

    assertThat(store.source().revision()).isZero();
    assertThat(store.putSource("one", 0)).isTrue();
    assertThat(store.putSource("two", 0)).isFalse();
    ConfigText found = store.source();
    assertThat(found.text()).isEqualTo("one");
    assertThat(store.putSource("two", found.revision())).isTrue();
    assertThat(store.putSource("three", found.revision())).isFalse();

    assertThat(store.putBroker(BROKER, 0)).isTrue();
    assertThat(store.broker().text()).isEqualTo(BROKER);
    assertThat(store.source().text()).isEqualTo("two");
  }
}
