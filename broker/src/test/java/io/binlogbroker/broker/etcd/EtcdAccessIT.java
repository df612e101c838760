package io.binlogbroker.broker.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.config.EtcdTls;
import io.binlogbroker.broker.ha.Candidate;
import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.testkit.EtcdServer;
import io.binlogbroker.testkit.EtcdVersion;
import io.binlogbroker.testkit.files.TestCertificate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class EtcdAccessIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void logsInAgainWhenEtcdDropsTheToken(EtcdVersion version) throws Exception {
    try (EtcdServer server = EtcdServer.of(version).withPassword("admin").start()) {
      server.gateway().addUser("broker", "sesame");
      try (EtcdConnection etcd = as(server, "broker", "sesame");
          Candidate lone = new Candidate(election(etcd, Duration.ofSeconds(15)))) {
        assertThat(lone.won().isHeld()).isTrue();

        server.restart();

        assertThat(LiveEtcd.onceReached(() -> etcd.get(LiveEtcd.KEYS.lock()))).isNotNull();
      }
    }
  }

  @Test
  void aWrongPasswordIsFatalAndNamesTheFix() {
    try (EtcdServer server = EtcdServer.v34().withPassword("admin").start()) {
      server.gateway().addUser("broker", "sesame");

      assertRefused(server, "broker", "wrong", "the user broker");
    }
  }

  @Test
  void aMissingPasswordIsFatalWithAuthentication() {
    try (EtcdServer server = EtcdServer.v34().withPassword("admin").start()) {
      assertRefused(server, null, null, "without a user");
    }
  }

  @Test
  void aUserWithoutPermissionsIsFatal() {
    try (EtcdServer server = EtcdServer.v34().withPassword("admin").start()) {
      server.gateway().addUserWithoutRights("guest", "sesame");

      assertRefused(server, "guest", "sesame", "permission denied");
    }
  }

  @Test
  void aPasswordIsFatalWithoutAuthentication() {
    try (EtcdServer server = EtcdServer.v34().start()) {
      assertRefused(server, "broker", "sesame", "authentication is not enabled");
    }
  }

  @Test
  void verifiesTheServersCertificate() {
    TestCertificate right = TestCertificate.make(folder, "right", "ip:127.0.0.1");
    TestCertificate other = TestCertificate.make(folder, "other", "ip:127.0.0.1");
    try (EtcdServer server = EtcdServer.v34().withTls(right).start();
        EtcdConnection trusting = over(server, right);
        EtcdConnection distrusting = over(server, other)) {
      assertThat(trusting.get("/any")).isNull();
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> distrusting.get("/any"))
          .withMessageContaining("certification path")
          .withMessageContaining("EtcdTls");
    }
  }

  @Test
  void aMissingCertificateFileIsNamed() {
    Path missing = folder.resolve("ca.pem");
    EtcdTls tls = new EtcdTls(missing.toString(), null, null);
    EtcdOptions options =
        new EtcdOptions(List.of("127.0.0.1:1"), null, null, tls, Duration.ofSeconds(3));

    try (EtcdConnection etcd = new EtcdConnection(options)) {
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> etcd.get("/any"))
          .withMessageContaining(missing.toString())
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION));
    }
  }

  private static void assertRefused(
      EtcdServer server, @Nullable String user, @Nullable String password, String message) {
    try (EtcdConnection etcd = as(server, user, password)) {
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> election(etcd, LiveEtcd.TTL).campaign(new StopSignal(), () -> {}))
          .withMessageContaining(server.address())
          .withMessageContaining(message)
          .withMessageContaining("EtcdUser")
          .satisfies(e -> assertThat(e.isRetriable()).isFalse())
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.STORE_ACCESS));
    }
  }

  private static EtcdElection election(EtcdConnection etcd, Duration ttl) {
    return new EtcdElection(etcd, LiveEtcd.KEYS, ttl, Clock.systemUTC());
  }

  private static EtcdConnection as(
      EtcdServer server, @Nullable String user, @Nullable String password) {
    return new EtcdConnection(
        new EtcdOptions(List.of(server.address()), user, password, null, Duration.ofSeconds(5)));
  }

  private static EtcdConnection over(EtcdServer server, TestCertificate trusted) {
    EtcdTls tls = new EtcdTls(trusted.certificate().toString(), null, null);
    return new EtcdConnection(
        new EtcdOptions(List.of(server.address()), null, null, tls, Duration.ofSeconds(5)));
  }
}
