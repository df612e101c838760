package io.binlogbroker.binlog.wire.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.wire.FakeMysqlServer;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.login.Capabilities;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsOptionsTest {
  @TempDir Path folder;

  @Test
  void modesAreNamedAsInMysqlClients() {
    assertThat(TlsMode.named("VERIFY-ca")).isEqualTo(TlsMode.VERIFY_CA);
    assertThatThrownBy(() -> TlsMode.named("on"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("verify-identity")
        .hasMessageContaining("\"on\"");
  }

  @Test
  void certificateRequiresItsKey() {
    Path file = folder.resolve("client-cert.pem");

    assertThatThrownBy(() -> new TlsOptions(TlsMode.REQUIRED, null, file, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void errorNamesAMissingFile() throws Exception {
    Path missing = folder.resolve("ca.pem");

    assertThatThrownBy(() -> openWithAuthorities(missing))
        .isInstanceOf(TlsFailedException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void errorNamesAFileWithoutCertificate() throws Exception {
    Path empty = Files.writeString(folder.resolve("ca.pem"), "");

    assertThatThrownBy(() -> openWithAuthorities(empty))
        .isInstanceOf(TlsFailedException.class)
        .hasMessageContaining("Expected a certificate in " + empty + " but found none");
  }

  @Test
  void errorForAnotherKeyFormatSuggestsTheConversion() throws Exception {
    Path key =
        Files.writeString(
            folder.resolve("key.pem"),
            "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");

    assertThatThrownBy(() -> Pem.privateKey(key, "EC"))
        .hasMessageContaining("found EC PRIVATE KEY")
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
  }

  private static void openWithAuthorities(Path authorities) throws Exception {
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(
            client -> {
              client.greet("8.0.33", "", Capabilities.SUPPORTED | Capabilities.SSL);
              client.receive();
              client.expectClose();
            })) {
      TlsOptions tls = new TlsOptions(TlsMode.VERIFY_CA, authorities, null, null);
      Session.open(new SessionOptions(server.address(), new Credentials("a", "b"), tls)).close();
    }
  }
}
