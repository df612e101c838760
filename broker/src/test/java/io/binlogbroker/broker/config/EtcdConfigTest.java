package io.binlogbroker.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EtcdConfigTest {
  @Test
  void addressesAreAListOrACommaSeparatedText() {
    List<String> both = List.of("etcd1:2379", "etcd2:2379");

    assertThat(read("\"EtcdAddr\":[\"etcd1:2379\",\"etcd2:2379\"]").etcdAddr()).isEqualTo(both);
    assertThat(read("\"EtcdAddr\":\"etcd1:2379, etcd2:2379\"").etcdAddr()).isEqualTo(both);
  }

  @Test
  void withoutAnAddressEtcdIsNotUsed() {
    assertThat(read("\"EtcdAddr\":null").isGiven()).isFalse();
    assertThat(read("\"EtcdAddr\":\"etcd1:2379\"").isGiven()).isTrue();
  }

  @Test
  void anAddressNeedsAPort() {
    assertThat(faults("\"EtcdAddr\":\"etcd1:2379,etcd2\""))
        .containsExactly(new Fault("EtcdAddr[1]", "expected host:port such as \"localhost:2379\""));
  }

  @Test
  void tlsWorksWithoutFiles() {
    assertThat(read("\"EtcdTls\":{}").etcdTls()).isEqualTo(new EtcdTls(null, null, null));
    assertThat(read("\"EtcdTls\":null").etcdTls()).isNull();
  }

  @Test
  void aCertificateNeedsAKey() {
    assertThat(faults("\"EtcdTls\":{\"CertFile\":\"cert.pem\"}"))
        .containsExactly(new Fault("EtcdTls.KeyFile", "missing; CertFile needs its private key"));
  }

  @Test
  void aUserNeedsAPassword() {
    assertThat(faults("\"EtcdUser\":\"broker\""))
        .containsExactly(new Fault("EtcdPassword", "missing; EtcdUser needs it"));
  }

  @Test
  void thePasswordIsNeverPrinted() {
    EtcdConfig config = read("\"EtcdUser\":\"broker\", \"EtcdPassword\":\"${env:WORD}\"");

    assertThat(config.etcdPassword()).isEqualTo("sesame");
    assertThat(config.toString()).contains("broker").doesNotContain("sesame");
  }

  private static EtcdConfig read(String keys) {
    ConfigReader reader = new ConfigReader(Map.of("WORD", "sesame"));
    return reader.readBroker("{\"KafkaAddr\":[\"k:9092\"]," + keys + "}", "test").etcd();
  }

  private static List<Fault> faults(String keys) {
    return assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read(keys))
        .actual()
        .faults();
  }
}
