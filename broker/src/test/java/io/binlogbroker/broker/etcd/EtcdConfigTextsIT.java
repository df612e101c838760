package io.binlogbroker.broker.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.config.watch.ConfigTexts;
import io.binlogbroker.broker.config.watch.ConfigTextsContract;
import io.binlogbroker.testkit.EtcdGateway;
import io.binlogbroker.testkit.EtcdServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LiveEtcd.Provider.class)
@Timeout(300)
class EtcdConfigTextsIT extends ConfigTextsContract {
  private final LiveEtcd etcd;
  private final EtcdServer server;
  private final EtcdGateway operator;

  EtcdConfigTextsIT(LiveEtcd etcd, EtcdServer server) {
    this.etcd = etcd;
    this.server = server;
    this.operator = server.gateway();
  }

  @Override
  protected ConfigTexts texts() {
    EtcdConfig etcdConfig = new EtcdConfig(List.of(server.address()), null, null, null);
    return new EtcdConfigStore(
        etcd.connection(), LiveEtcd.KEYS, etcdConfig, new ConfigReader(Map.of()));
  }

  @Override
  protected void write(String source) {
    operator.put("/config/binlogbroker:db_mall", source);
  }

  @Test
  void aMissingPartCanBeWritten() {
    assertThat(texts().broker().revision()).isZero();

    assertThat(texts().putBroker("{}", 0)).isTrue();

    assertThat(operator.get("/config/binlogbroker")).isEqualTo("{}");
    assertThat(texts().broker().origin()).contains("/config/binlogbroker");
    assertThat(texts().source().revision()).isZero();
  }
}
