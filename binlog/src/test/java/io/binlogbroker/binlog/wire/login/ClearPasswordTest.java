package io.binlogbroker.binlog.wire.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.wire.FakeMysqlServer;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.PayloadWriter;
import io.binlogbroker.binlog.wire.connection.Pem;
import io.binlogbroker.binlog.wire.connection.TlsFailedException;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.testkit.files.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that request the password in clear text. */
@Timeout(60)
class ClearPasswordTest {
  private static final Credentials ALLOWING =
      new Credentials("rep_user", "s3cret", false, null, true);

  @TempDir static Path folder;

  private static TestCertificate ours;
  private static TestCertificate ofAnotherName;

  @BeforeAll
  static void makeCertificates() {
    ours = TestCertificate.make(folder, "ours", "ip:127.0.0.1");
    ofAnotherName = TestCertificate.make(folder, "other", "dns:db.example");
  }

  @ParameterizedTest
  @EnumSource(names = {"PREFERRED", "REQUIRED"})
  void unverifiedServerNeverReceivesThePassword(TlsMode mode) throws Exception {
    refuses(new TlsOptions(mode), new Credentials("rep_user", "s3cret"), "is not allowed; fix: ");
    refuses(new TlsOptions(mode), ALLOWING, "its certificate was not verified; fix: set \"Mode\"");
  }

  @ParameterizedTest
  @EnumSource(names = {"VERIFY_CA", "VERIFY_IDENTITY"})
  void verifiedServerReceivesThePasswordOnlyIfAllowed(TlsMode mode) throws Exception {
    TlsOptions tls = new TlsOptions(mode, ours.certificate(), null, null);
    refuses(tls, new Credentials("rep_user", "s3cret"), "\"AllowCleartextPasswords\": true");

    AtomicReference<String> got = new AtomicReference<>();
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  client.greetWithTls("mysql_native_password", context(ours));
                  client.receive();
                  client.send(requestClearPassword());
                  got.set(new String(client.receive(), StandardCharsets.UTF_8));
                  client.ok();
                  client.expectCommand();
                });
        Session session = Session.open(new SessionOptions(server.address(), ALLOWING, tls))) {
      assertThat(session.tls()).isPresent();
    }
    assertThat(got).hasValue("s3cret\0");
  }

  @Test
  void passwordIsNeverSentWithoutTls() throws Exception {
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(
            client -> {
              client.greet("8.0.33", "mysql_native_password");
              client.receive();
              client.send(requestClearPassword());
              client.expectClose();
            })) {
      assertThatThrownBy(() -> Session.open(server.options(ALLOWING)))
          .isInstanceOf(LoginRefusedException.class)
          .hasMessageContaining("its certificate was not verified");
    }
  }

  @ParameterizedTest
  @CsvSource({"VERIFY_CA, true", "VERIFY_IDENTITY, false"})
  void aTrustedAuthorityWithTheWrongHostNamePassesVerifyCaOnly(TlsMode mode, boolean passes)
      throws Exception {
    TlsOptions tls = new TlsOptions(mode, ofAnotherName.certificate(), null, null);
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(
            client -> {
              try {
                client.greetWithTls("mysql_native_password", context(ofAnotherName));
                client.receive();
                client.ok();
                client.expectCommand();
              } catch (IOException e) {
                assertThat(passes).as("the client ended the handshake: %s", e).isFalse();
              }
            })) {
      SessionOptions options = new SessionOptions(server.address(), ALLOWING, tls);
      if (passes) {
        Session.open(options).close();
      } else {
        assertThatThrownBy(() -> Session.open(options))
            .isInstanceOf(TlsFailedException.class)
            .hasMessageContaining("the certificate is for the name 127.0.0.1");
      }
    }
  }

  private static void refuses(TlsOptions tls, Credentials credentials, String message)
      throws Exception {
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(
            client -> {
              client.greetWithTls("mysql_native_password", context(ours));
              client.receive();
              client.send(requestClearPassword());
              client.expectClose();
            })) {
      assertThatThrownBy(() -> Session.open(new SessionOptions(server.address(), credentials, tls)))
          .isInstanceOf(LoginRefusedException.class)
          .hasMessageContaining(message);
    }
  }

  private static byte[] requestClearPassword() {
    return new PayloadWriter().u8(0xFE).textAndNul("mysql_clear_password").toByteArray();
  }

  private static SSLContext context(TestCertificate certificate) throws Exception {
    X509Certificate[] chain =
        Pem.certificates(certificate.certificate()).toArray(X509Certificate[]::new);
    PrivateKey key = Pem.privateKey(certificate.privateKey(), "RSA");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", key, new char[0], chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
