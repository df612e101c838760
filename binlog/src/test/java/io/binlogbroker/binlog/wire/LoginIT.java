package io.binlogbroker.binlog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every login method against each real server that has it. */
@Timeout(180)
class LoginIT {
  private static final Credentials NATIVE = new Credentials("native", "nät!ve");
  private static final Credentials SHA2 = new Credentials("sha2", "shä2");
  private static final Credentials SHA2_TRUSTING = new Credentials("sha2", "shä2", true, null);
  private static final TlsOptions TLS = new TlsOptions(TlsMode.REQUIRED);

  @ParameterizedTest
  @EnumSource(LiveServer.class)
  void theNativePasswordLogsIn(LiveServer kind) throws Exception {
    try (MysqlServer server = kind.start()) {
      server.createReplicationUser("native", "nät!ve", "mysql_native_password");
      server.createReplicationUser("empty", "", "mysql_native_password");

      assertThat(userOf(LiveServer.plain(server, NATIVE))).isEqualTo("native");
      assertThat(userOf(LiveServer.plain(server, new Credentials("empty", "")))).isEqualTo("empty");
      assertRefusedByServer(server, new Credentials("native", "wrong"));
      assertRefusedByServer(server, new Credentials("nobody", "nobody", true, null));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MYSQL_8_0_12"})
  void cachingSha2LogsInFastOrFullByTlsOrKey(LiveServer kind) throws Exception {
    try (MysqlServer server = kind.start()) {
      server.createReplicationUser("sha2", "shä2", "caching_sha2_password");
      server.createReplicationUser("empty", "", "caching_sha2_password");

      assertThatThrownBy(() -> Session.open(LiveServer.plain(server, SHA2)))
          .isInstanceOf(LoginRefusedException.class)
          .hasMessageContaining("allow public key retrieval");
      assertRefusedByServer(server, new Credentials("sha2", "wrong", true, null));
      assertThat(userOf(LiveServer.plain(server, SHA2_TRUSTING))).isEqualTo("sha2");
      // The account is in the server's cache now: nothing but the proof is needed.
      assertThat(userOf(LiveServer.plain(server, SHA2))).isEqualTo("sha2");

      server.execute("FLUSH PRIVILEGES");
      Path key = server.dataFolder().resolve("public_key.pem");
      Credentials withKey = new Credentials("sha2", "shä2", false, key);
      assertThat(userOf(LiveServer.plain(server, withKey))).isEqualTo("sha2");

      server.execute("FLUSH PRIVILEGES");
      assertThat(userOf(LiveServer.options(server, SHA2, TLS))).isEqualTo("sha2");
      assertThat(userOf(LiveServer.plain(server, new Credentials("empty", "")))).isEqualTo("empty");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MYSQL_8_0_12"})
  void sha256LogsInByTlsOrKey(LiveServer kind) throws Exception {
    try (MysqlServer server = kind.start()) {
      server.createReplicationUser("sha2", "shä2", "sha256_password");

      assertThatThrownBy(() -> Session.open(LiveServer.plain(server, SHA2)))
          .isInstanceOf(LoginRefusedException.class);
      assertThat(userOf(LiveServer.plain(server, SHA2_TRUSTING))).isEqualTo("sha2");
      assertThat(userOf(LiveServer.options(server, SHA2, TLS))).isEqualTo("sha2");
    }
  }

  private static void assertRefusedByServer(MysqlServer server, Credentials credentials) {
    assertThatThrownBy(() -> Session.open(LiveServer.plain(server, credentials)))
        .isInstanceOfSatisfying(
            ServerErrorException.class, e -> assertThat(e.code()).isEqualTo(1045));
  }

  private static String userOf(SessionOptions options) throws IOException {
    try (Session session = Session.open(options)) {
      QueryResult result = session.query("SELECT SUBSTRING_INDEX(USER(), '@', 1), CONNECTION_ID()");
      Row row = result.rows().get(0);
      assertThat(row.text(1)).isEqualTo(Long.toString(session.connectionId()));
      return row.text(0);
    }
  }
}
