package io.binlogbroker.binlog.wire.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.wire.LiveServer;
import io.binlogbroker.binlog.wire.Row;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The login methods of MySQL 8 against real servers. */
@ParameterizedClass
@EnumSource(names = {"MYSQL_8_0_33", "MYSQL_8_0_12"})
@Timeout(180)
class LoginIT {
  private static final String PASSWORD = "pä$$wort";
  private static final TlsOptions TLS = new TlsOptions(TlsMode.REQUIRED);

  private static MysqlServer server;

  LoginIT(LiveServer kind) {
    assertThat(server.version().name()).isEqualTo(kind.name());
  }

  @BeforeParameterizedClassInvocation
  static void start(LiveServer kind) {
    server = kind.start();
    server.createReplicationUser("native", PASSWORD, "mysql_native_password");
    server.createReplicationUser("sha256", PASSWORD, "sha256_password");
    for (String user : new String[] {"sha2", "sha2_tls", "sha2_key", "sha2_file", "sha2_wrong"}) {
      server.createReplicationUser(user, PASSWORD, "caching_sha2_password");
    }
    server.createReplicationUser("native_empty", "", "mysql_native_password");
    server.createReplicationUser("sha2_empty", "", "caching_sha2_password");
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @Test
  void nativePasswordLogsIn() throws Exception {
    assertLogsIn(LiveServer.plain(server, user("native")));
    assertLogsIn(LiveServer.options(server, user("native"), TLS));
  }

  @Test
  void emptyPasswordLogsIn() throws Exception {
    assertLogsIn(LiveServer.plain(server, new Credentials("native_empty", "")));
    assertLogsIn(LiveServer.plain(server, new Credentials("sha2_empty", "")));
  }

  @Test
  void wrongPasswordIsAServerError() {
    for (String name : new String[] {"native", "sha2_wrong", "sha256", "nobody"}) {
      Credentials wrong = new Credentials(name, "wrong", true, null);
      assertThatThrownBy(() -> Session.open(LiveServer.plain(server, wrong)))
          .isInstanceOfSatisfying(
              ServerErrorException.class, e -> assertThat(e.code()).isEqualTo(1045));
    }
  }

  @Test
  void cachingSha2IsRefusedWithoutTlsOrKeyOrRetrieval() {
    assertThatThrownBy(() -> Session.open(LiveServer.plain(server, user("sha2"))))
        .isInstanceOf(LoginRefusedException.class)
        .hasMessageContaining(
            "fix: use TLS, name a file with the server's public key (ServerPublicKeyFile)");
  }

  @Test
  void cachingSha2AuthenticatesFullyWithTlsThenFast() throws Exception {
    assertLogsIn(LiveServer.options(server, user("sha2_tls"), TLS));
    assertLogsIn(LiveServer.plain(server, user("sha2_tls")));
  }

  @Test
  void cachingSha2AuthenticatesFullyWithARetrievedKeyThenFast() throws Exception {
    assertLogsIn(LiveServer.plain(server, trusting("sha2_key")));
    assertLogsIn(LiveServer.plain(server, user("sha2_key")));
  }

  @Test
  void cachingSha2AuthenticatesFullyWithAKeyFile() throws Exception {
    Path key = server.dataFolder().resolve("public_key.pem");
    assertLogsIn(LiveServer.plain(server, new Credentials("sha2_file", PASSWORD, false, key)));
  }

  @Test
  void sha256LogsInWithTlsOrKey() throws Exception {
    assertLogsIn(LiveServer.options(server, user("sha256"), TLS));
    assertLogsIn(LiveServer.plain(server, trusting("sha256")));
  }

  private static Credentials user(String name) {
    return new Credentials(name, PASSWORD);
  }

  private static Credentials trusting(String name) {
    return new Credentials(name, PASSWORD, true, null);
  }

  private static void assertLogsIn(SessionOptions options) throws IOException {
    try (Session session = Session.open(options)) {
      Row row =
          session
              .query("SELECT SUBSTRING_INDEX(USER(), '@', 1), CONNECTION_ID()")
              .first()
              .orElseThrow();
      assertThat(row.text(0)).isEqualTo(options.credentials().user());
      assertThat(row.text(1)).isEqualTo(Long.toString(session.connectionId()));
    }
  }
}
