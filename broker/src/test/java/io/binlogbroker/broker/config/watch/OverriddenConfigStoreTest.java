package io.binlogbroker.broker.config.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.CommandLineOverrides;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.engine.model.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OverriddenConfigStoreTest {
  private static final String PLAIN =
      """
      {"KafkaAddr": ["k:9092"], "MysqlConn": "u:p@tcp(db:3306)", "SyncAll": true,
       "RPCListen": ":8846"%s}
      """;
  private static final String TEXT = PLAIN.formatted("");
  private static final EtcdConfig ETCD = new EtcdConfig(List.of("e1:1", "e2:1"), null, null, null);
  private static final CommandLineOverrides BOTH = new CommandLineOverrides(ETCD, ":8847");

  @Test
  void everyConfigurationFromTheStoreIsOverridden() {
    OverriddenConfigStore store = new OverriddenConfigStore(new ReportingStore(TEXT), BOTH);
    ReportedConfigs reported = new ReportedConfigs();

    store.watch(1, reported);

    for (StoredConfig config :
        List.of(
            store.load(),
            store.recorded(new AppliedConfig(7, TEXT, "", List.of())),
            Objects.requireNonNull(store.lastFollowed()),
            Objects.requireNonNull(reported.next().config()))) {
      assertThat(config.config().broker().admin().rpcListen()).isEqualTo(":8847");
      assertThat(config.config().broker().etcd().etcdAddr()).containsExactly("e1:1", "e2:1");
      assertThat(RestartKeys.between(store.load().config(), config.config())).isEmpty();
    }
  }

  @Test
  void userAndTlsOfTheTextApplyUnlessTheCommandLineSetsThem() {
    String own = ", \"EtcdUser\": \"u\", \"EtcdPassword\": \"p\", \"EtcdTls\": {}";
    EtcdConfig root = new EtcdConfig(List.of("e:1"), "root", "secret", null);

    EtcdConfig kept = loaded(own, new CommandLineOverrides(ETCD, null)).etcd();
    EtcdConfig replaced = loaded(own, new CommandLineOverrides(root, null)).etcd();

    assertThat(kept.etcdUser()).isEqualTo("u");
    assertThat(kept.etcdTls()).isNotNull();
    assertThat(replaced.etcdUser()).isEqualTo("root");
    assertThat(replaced.etcdPassword()).isEqualTo("secret");
  }

  @Test
  void theCommandLineMayOnlyRepeatTheSameServers() {
    assertThat(loaded(", \"EtcdAddr\": \"e2:1,e1:1\"", BOTH).etcd().isGiven()).isTrue();

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> loaded(", \"EtcdAddr\": \"e3:1\"", BOTH))
        .withMessageContaining("the reporting store")
        .withMessageContaining("EtcdAddr: is e3:1, but -etcd names e1:1,e2:1; fix: ");
  }

  @Test
  void aChangeToAnotherEtcdIsReportedAsFaulty() {
    String other = PLAIN.formatted(", \"EtcdAddr\": \"e3:1\"");
    OverriddenConfigStore store = new OverriddenConfigStore(new ReportingStore(other), BOTH);
    ReportedConfigs reported = new ReportedConfigs();

    store.watch(1, reported);

    assertThat(reported.next().faults()).hasMessageContaining("EtcdAddr: is e3:1");
  }

  @Test
  void aFileWithEtcdFromTheCommandLineIsNotShared() {
    ReportingStore file = new ReportingStore(TEXT);

    assertThat(new OverriddenConfigStore(file, CommandLineOverrides.NONE).isShared()).isTrue();
    assertThat(new OverriddenConfigStore(file, BOTH).isShared()).isFalse();
  }

  private static BrokerConfig loaded(String more, CommandLineOverrides overrides) {
    ReportingStore store = new ReportingStore(PLAIN.formatted(more));
    return new OverriddenConfigStore(store, overrides).load().config().broker();
  }

  /** Has one text and reports it as soon as it is watched. */
  private record ReportingStore(String text) implements ConfigStore {
    @Override
    public StoredConfig load() {
      return new StoredConfig(new ConfigReader(Map.of()).read(text, "the text"), 1, text);
    }

    @Override
    public StoredConfig recorded(AppliedConfig applied) {
      return load();
    }

    @Override
    public StoredConfig lastFollowed() {
      return load();
    }

    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public void watch(long since, Listener listener) {
      listener.changed(load());
    }

    @Override
    public void close() {
      // Nothing is open.
    }

    @Override
    public String toString() {
      return "the reporting store";
    }
  }
}
