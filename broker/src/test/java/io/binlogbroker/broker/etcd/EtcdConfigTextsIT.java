package io.binlogbroker.broker.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.EtcdConfig;
import io.binlogbroker.broker.live.ConfigTexts;
import io.binlogbroker.broker.live.ConfigTextsContract;
import io.binlogbroker.testkit.EtcdGateway;
import io.binlogbroker.testkit.EtcdServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EtcdConfigTextsIT extends ConfigTextsContract {
  private static EtcdServer server;

  private final LiveEtcd etcd = LiveEtcd.of(server);
  private final EtcdGateway operator = server.gateway();

  @BeforeAll
  static void startServer() {
    server = EtcdServer.v34().start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @AfterEach
  void cleanUp() {
    etcd.close();
    operator.deleteAll();
  }

  @Override
  protected ConfigTexts texts() {
    EtcdConfig way = new EtcdConfig(List.of(server.address()), null, null, null);
    return new EtcdConfigStore(etcd.connection(), LiveEtcd.KEYS, way, new ConfigReader(Map.of()));
  }

  @Override
  protected void write(String source) {
    operator.put("/config/binlogbroker:db_mall", source);
  }

  @Test
  void whereNothingLiesAPartCanBePut() {
    assertThat(texts().broker().revision()).isZero();

    assertThat(texts().putBroker("{}", 0)).isTrue();

    assertThat(operator.get("/config/binlogbroker")).isEqualTo("{}");
    assertThat(texts().broker().origin()).contains("/config/binlogbroker");
    assertThat(texts().source().revision()).isZero();
  }
}
