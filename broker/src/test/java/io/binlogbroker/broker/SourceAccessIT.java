package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.ReplicaSession;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way to configure the broker's login to its source. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class SourceAccessIT {
  private static final String RSA_KEY =
      "\"AllowPublicKeyRetrieval\":true, \"Tls\":{\"Mode\":\"disabled\"}";
  private static final String NEITHER = "\"Tls\":{\"Mode\":\"disabled\"}";
  private static final String TLS = "\"Tls\":{\"Mode\":\"required\"}";

  private static LiveServers servers;
  private static KafkaServer kafka;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
    kafka = shared.kafka();
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MYSQL_8_0_12"})
  void cachingSha2WorksOverTls(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    assertDelivers(mysql, "sha2_tls", "caching_sha2_password", "REQUIRE SSL", TLS);
    String verified =
        "\"Tls\":{\"Mode\":\"verify-ca\", \"CaFile\":\"" + mysql.caCertificate() + "\"}";
    assertDelivers(mysql, "sha2_ca", "caching_sha2_password", "REQUIRE SSL", verified);
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MYSQL_8_0_12"})
  void cachingSha2RequestsTheServersKeyIfAllowed(MysqlVersion version) throws Exception {
    assertDelivers(
        servers.mysql(version), "sha2_rsa", "caching_sha2_password", "REQUIRE NONE", RSA_KEY);
  }

  @Test
  void cachingSha2UsesTheServersKeyFromAFile() throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    String key = mysql.dataFolder().resolve("public_key.pem").toString();

    assertDelivers(
        mysql,
        "sha2_file",
        "caching_sha2_password",
        "REQUIRE NONE",
        NEITHER + ", \"ServerPublicKeyFile\":\"" + key + "\"");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void mysqlNativePasswordNeedsNoTlsAndNoServerKey(MysqlVersion version) throws Exception {
    assertDelivers(
        servers.mysql(version), "native_user", "mysql_native_password", "REQUIRE NONE", NEITHER);
  }

  @Test
  void aPasswordIsNotSentUnencrypted() throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    mysql.createReplicationUser("sha2_neither", "secret", "caching_sha2_password");

    DeliveryException failure = failure(mysql, "sha2_neither:secret", NEITHER);

    assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_ACCESS);
    assertThat(failure)
        .hasMessageContaining("use TLS")
        .hasMessageContaining("ServerPublicKeyFile")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aWrongPasswordEndsTheBrokerAtOnce() throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);

    DeliveryException failure = failure(mysql, "rep_user:nonsense", TLS);

    assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_ACCESS);
    assertThat(failure)
        .hasMessageContaining("Access denied for user 'rep_user'")
        .hasMessageNotContaining("nonsense");
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void aLockedAccountEndsTheBrokerAtOnce(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    mysql.createReplicationUser("locked_user", "secret", "mysql_native_password");
    mysql.execute("SET sql_log_bin = 0", "ALTER USER 'locked_user'@'%' ACCOUNT LOCK");

    DeliveryException failure = failure(mysql, "locked_user:secret", NEITHER);

    assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_ACCESS);
    assertThat(failure).hasMessageContaining("ACCOUNT UNLOCK");
  }

  @Test
  void aServerIdUsedByAnotherReplicaIsNotTaken() throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    String access = NEITHER + ", \"ServerId\":4711";
    try (Session session = Session.open(sessionOptions(mysql))) {
      register(session);

      DeliveryException failure = failure(mysql, "rep_user:rep_user", access);

      assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
      assertThat(failure).hasMessageContaining("4711").hasMessageContaining("\"elsewhere\"");
    }
  }

  /** MySQL 8.0.12 crashes when its replicas are listed after that. */
  @Test
  void aServerThatAReplicaLeftWithoutADumpSurvives() throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_12);
    for (int i = 0; i < 20; i++) {
      try (Session session = Session.open(sessionOptions(mysql))) {
        register(session);
      }
    }

    assertDelivers(mysql, "survivor", "mysql_native_password", "REQUIRE NONE", NEITHER);
  }

  private static void register(Session session) throws IOException {
    ReplicaIdentity other = new ReplicaIdentity(4711, UUID.randomUUID(), "elsewhere");
    ReplicaSession.prepare(session, other, Duration.ofSeconds(5)).register();
  }

  private static SessionOptions sessionOptions(MysqlServer mysql) {
    String config =
        "{\"KafkaAddr\":[\"a:1\"],\"SyncAll\":true,\"AllowPublicKeyRetrieval\":true,"
            + "\"MysqlConn\":\"rep_user:rep_user@tcp(127.0.0.1:"
            + mysql.port()
            + ")\"}";
    return new ConfigReader().read(config, "the test").sourceOptions("g").sessions().get(0);
  }

  private static void assertDelivers(
      MysqlServer mysql, String user, String plugin, String require, String access)
      throws Exception {
    mysql.createReplicationUser(user, "pässword", plugin);
    mysql.execute("SET sql_log_bin = 0", "ALTER USER '" + user + "'@'%' " + require);
    String schema = user + "_" + mysql.version().ordinal();
    mysql.execute("CREATE DATABASE " + schema, "CREATE TABLE " + schema + ".t (id INT)");
    try (LiveBroker broker = broker(mysql, user + ":pässword", access).start()) {
      mysql.execute("INSERT INTO " + schema + ".t VALUES (1)");
      assertThat(broker.stopAfter(1, schema)).hasSize(1);
    }
  }

  private static DeliveryException failure(MysqlServer mysql, String login, String access)
      throws Exception {
    try (LiveBroker broker = broker(mysql, login, access)) {
      return broker.fail();
    }
  }

  private static LiveBroker broker(MysqlServer mysql, String login, String access) {
    String config =
        """
        {"RPCListen":"", "KafkaAddr":["@kafka"], "StateDir":"@state", "SyncAll":true,
         "MysqlConn":"%s@tcp(@mysql)", %s}
        """
            .formatted(login, access);
    String group = login.substring(0, login.indexOf(':')) + "_" + mysql.version().ordinal();
    return new LiveBroker(group, mysql, kafka, config);
  }
}
