package io.binlogbroker.binlog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.binlog.wire.connection.TlsFailedException;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.files.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every TLS mode, with the certificates that MySQL generates and with others. */
@Timeout(180)
class TlsIT {
  private static final Credentials USER = new Credentials("rep_user", "rep_user");

  @TempDir static Path folder;

  private static TestCertificate forAddress;
  private static TestCertificate forAnother;

  @BeforeAll
  static void makeCertificates() throws Exception {
    forAddress = TestCertificate.make(folder, "right", "ip:127.0.0.1");
    forAnother = TestCertificate.make(folder, "other", "dns:db.example");
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MYSQL_8_0_12"})
  void generatedCertificateSatisfiesAllModesExceptIdentity(LiveServer kind) throws Exception {
    try (MysqlServer server = kind.start()) {
      server.createReplicationUser("rep_user", "rep_user");

      assertThat(encrypted(server, new TlsOptions(TlsMode.PREFERRED))).isTrue();
      assertThat(encrypted(server, new TlsOptions(TlsMode.REQUIRED))).isTrue();
      assertThat(encrypted(server, verify(TlsMode.VERIFY_CA, server.caCertificate()))).isTrue();
      // The account is cached by now, so the password need not travel.
      assertThat(encrypted(server, new TlsOptions(TlsMode.DISABLED))).isFalse();
      assertThatThrownBy(
              () -> encrypted(server, verify(TlsMode.VERIFY_IDENTITY, server.caCertificate())))
          .isInstanceOf(TlsFailedException.class)
          .hasMessageContaining("the certificate is for the name 127.0.0.1");
      assertThatThrownBy(
              () -> encrypted(server, verify(TlsMode.VERIFY_CA, forAnother.certificate())))
          .isInstanceOf(TlsFailedException.class)
          .hasMessageContaining("check that the CA file contains the CA");
      assertThatThrownBy(() -> encrypted(server, new TlsOptions(TlsMode.VERIFY_CA)))
          .isInstanceOf(TlsFailedException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void certificateWithTheAddressVerifiesTheIdentity(LiveServer kind) throws Exception {
    try (MysqlServer server = withCertificate(kind, forAddress).start()) {
      server.createReplicationUser("rep_user", "rep_user");

      assertThat(encrypted(server, verify(TlsMode.VERIFY_IDENTITY, forAddress.certificate())))
          .isTrue();
    }
  }

  @Test
  void certificateForAnotherNameFailsOnlyTheIdentity() throws Exception {
    try (MysqlServer server = withCertificate(LiveServer.MARIADB_11_4, forAnother).start()) {
      server.createReplicationUser("rep_user", "rep_user");

      assertThat(encrypted(server, verify(TlsMode.VERIFY_CA, forAnother.certificate()))).isTrue();
      assertThatThrownBy(
              () -> encrypted(server, verify(TlsMode.VERIFY_IDENTITY, forAnother.certificate())))
          .isInstanceOf(TlsFailedException.class)
          .hasMessageContaining("127.0.0.1");
    }
  }

  @Test
  void serverCanRequestAClientCertificate() throws Exception {
    try (MysqlServer server = LiveServer.MYSQL_8_0_33.start()) {
      server.createReplicationUser("rep_user", "rep_user");
      server.execute("ALTER USER 'rep_user'@'%' REQUIRE X509");
      Path data = server.dataFolder();
      TlsOptions withOurs =
          new TlsOptions(
              TlsMode.REQUIRED,
              null,
              data.resolve("client-cert.pem"),
              data.resolve("client-key.pem"));

      assertThat(encrypted(server, withOurs)).isTrue();
      assertThatThrownBy(() -> encrypted(server, new TlsOptions(TlsMode.REQUIRED)))
          .isInstanceOf(ServerErrorException.class);
      TlsOptions withAStrangers =
          new TlsOptions(TlsMode.REQUIRED, null, forAnother.certificate(), forAnother.privateKey());
      assertThatThrownBy(() -> encrypted(server, withAStrangers))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("trusts the client certificate");
    }
  }

  @Test
  void serverWithoutTlsSatisfiesOnlyPreferred() throws Exception {
    try (MysqlServer server = LiveServer.MARIADB_11_4.make().with("ssl", "OFF").start()) {
      server.createReplicationUser("rep_user", "rep_user");

      assertThat(encrypted(server, new TlsOptions(TlsMode.PREFERRED))).isFalse();
      assertThatThrownBy(() -> encrypted(server, new TlsOptions(TlsMode.REQUIRED)))
          .isInstanceOf(TlsFailedException.class)
          .hasMessageContaining("does not offer TLS");
    }
  }

  private static MysqlServer withCertificate(LiveServer kind, TestCertificate certificate) {
    return kind.make()
        .with("ssl_ca", certificate.certificate().toString())
        .with("ssl_cert", certificate.certificate().toString())
        .with("ssl_key", certificate.privateKey().toString());
  }

  private static TlsOptions verify(TlsMode mode, Path authorities) {
    return new TlsOptions(mode, authorities, null, null);
  }

  /** Whether the server, too, reports that the session is encrypted. */
  private static boolean encrypted(MysqlServer server, TlsOptions tls) throws IOException {
    try (Session session = Session.open(LiveServer.options(server, USER, tls))) {
      String cipher = session.query("SHOW STATUS LIKE 'Ssl_cipher'").rows().get(0).text(1);
      assertThat(session.tls().isPresent()).isEqualTo(!cipher.isEmpty());
      return session.tls().isPresent();
    }
  }
}
