package io.binlogbroker.broker.config.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartKeysTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'\"ServerId\":7', ServerId",
        "'\"Heartbeat\":\"9s\"', Heartbeat",
        "'\"Tls\":{\"Mode\":\"required\"}', Tls",
        "'\"AllowPublicKeyRetrieval\":true', AllowPublicKeyRetrieval",
        "'\"SnapshotWorkers\":7', SnapshotWorkers",
        "'\"LogDir\":\"/log\"', LogDir",
        "'\"RPCListen\":\":1\"', RPCListen",
        "'\"EtcdAddr\":[\"e:2379\"]', EtcdAddr",
        "'\"LeaseTtl\":\"9s\"', LeaseTtl",
        "'\"Kafka\":{\"linger.ms\":5}', Kafka"
      })
  void anythingButARuleNeedsARestart(String json, String key) {
    assertThat(RestartKeys.between(config("\"SyncAll\":true"), config(json))).containsExactly(key);
  }

  @Test
  void rulesNeedNoRestart() {
    Config changed =
        config(
            "\"SyncAll\":true,\"Snapshot\":\"initial\",\"BlackList\":[\"a\"],\"Sources\":[{\"Schema\":\"b\"}]");

    assertThat(RestartKeys.between(config("\"SyncAll\":false"), changed)).isEmpty();
  }

  private static Config config(String more) {
    String text = "{\"KafkaAddr\":[\"k:1\"],\"MysqlConn\":\"u:p@tcp(db)\"," + more + "}";
    return new ConfigReader(Map.of()).read(text, "conf.json");
  }
}
