package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.testkit.EtcdServer;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.files.TestCertificate;
import io.binlogbroker.testkit.process.ReservedPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the broker with TLS on every connection and with exactly the rights that docs/security.md
 * lists, whose commands it reads from there.
 */
@Timeout(300)
class SecuredServersIT {
  private static final Path PAGE = Path.of("../docs/security.md");
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration END = Duration.ofSeconds(60);
  private static final int UNREACHABLE = 11;
  private static final String GROUP = "db_mall";
  private static final String MYSQL_SECRET = "mysqlSecret-7291";
  private static final String KAFKA_SECRET = "kafkaSecret-8305";
  private static final String ETCD_SECRET = "etcdSecret-6112";
  private static final String SALT = "saltSecret-4478";
  private static final String TOKEN = "tokenSecret-9350";

  @TempDir private static Path certificates;

  private static TestCertificate certificate;
  private static KafkaServer kafka;
  private static EtcdServer etcd;

  /** Not shared with other tests: the page's commands create users of the same names. */
  private static MysqlServer mysql;

  private static MysqlServer mariadb;

  private final CapturedRun run = new CapturedRun();

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    certificate = TestCertificate.make(certificates, "server", "ip:127.0.0.1");
    kafka =
        new KafkaServer()
            .withSecuredListener(certificate, Map.of("binlogbroker", KAFKA_SECRET))
            .start();
    mysql =
        MysqlServer.mysql8033()
            .with("gtid_mode", "ON")
            .with("enforce_gtid_consistency", "ON")
            .start();
    mariadb = MysqlServer.mariadb114().start();
    etcd = EtcdServer.v34().withTls(certificate).withPassword("admin").start();
    DocumentedCommands.block(PAGE, "### etcd", 0).forEach(SecuredServersIT::runEtcdctl);
    try (Admin admin = admin()) {
      ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096);
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion("binlogbroker", info, KAFKA_SECRET)))
          .all()
          .get();
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
    mysql.close();
    mariadb.close();
    etcd.close();
  }

  @Test
  void exactlyOnceWithScramAndNoSecretInAnyOutput() throws Exception {
    prepare(mysql, "### MySQL");
    allow(DocumentedCommands.block(PAGE, "### Kafka", 0));
    int port = ReservedPort.next().number();
    String config = config(mysql, "SCRAM-SHA-256", "exactly-once", port, verified(mysql));

    int checked = check(config);
    List<Integer> ids;
    try (ForkedProgram broker =
        ForkedProgram.start(folder, "--log-level", "trace", "-g", GROUP, "-c", config)) {
      awaitDelivered(1); // by the snapshot, which would otherwise read the next row as well
      mysql.execute("SET SESSION binlog_format = 'ROW'", "INSERT INTO mall_db.goods VALUES (2)");
      ids = awaitDelivered(2);
      run.execute("config", "show", "-g", GROUP, "-c", config);
      run.execute("position", "show", "-g", GROUP, "-c", config);
      run.execute("role", "-g", GROUP, "-c", config);
      assertNoSecret("/admin/status", get(port, "/admin/status"));
      assertNoSecret("/metrics", get(port, "/metrics"));
      assertNoSecret("the configuration", get(port, "/api/v1/groups/" + GROUP + "/config"));
      assertThat(pause(port, TOKEN)).isEqualTo(202);
      assertThat(pause(port, "wrong-" + TOKEN)).isEqualTo(401);
      broker.terminate();
      assertThat(broker.exitCode(END)).as(broker.console()).isZero();
      assertNoSecret("the console", broker.console());
    }

    assertThat(checked).as(run.out()).isZero();
    assertThat(run.out()).contains("TLSv1.3");
    assertThat(ids).containsExactly(1, 2);
    assertThat(run.out()).contains(GROUP, "***");
    assertNoSecret("the commands' output", run.out() + run.err());
    assertNoSecretInLogs();
  }

  @Test
  void atLeastOnceWithPlain() throws Exception {
    prepare(mariadb, "### MariaDB");
    allow(DocumentedCommands.block(PAGE, "### Kafka", 1));
    String config = config(mariadb, "PLAIN", "at-least-once", 0, "\"Mode\":\"preferred\"");

    int checked = check(config);
    try (ForkedProgram broker = ForkedProgram.start(folder, "-g", GROUP, "-c", config)) {
      awaitDelivered(1);
      mariadb.execute("SET SESSION binlog_format = 'ROW'", "INSERT INTO mall_db.goods VALUES (2)");
      assertThat(awaitDelivered(2)).contains(1, 2);
      broker.terminate();
      assertThat(broker.exitCode(END)).as(broker.console()).isZero();
    }

    assertThat(checked).as(run.out()).isZero();
  }

  @Test
  void withoutTheRightsTheCheckFails() throws Exception {
    prepare(mysql, "### MySQL");
    allow(List.of());

    int code = check(config(mysql, "PLAIN", "exactly-once", 0, verified(mysql)));

    assertThat(code).as(run.out()).isEqualTo(9);
  }

  @Test
  void errorsWithWrongSecretsContainNone() throws Exception {
    prepare(mysql, "### MySQL");
    String config = config(mysql, "PLAIN", "exactly-once", 0, verified(mysql));
    String text = Files.readString(Path.of(config));
    for (String secret : List.of(MYSQL_SECRET, KAFKA_SECRET, ETCD_SECRET)) {
      String wrong = "wrong-" + secret;
      Path other = Files.writeString(folder.resolve("wrong.json"), text.replace(secret, wrong));

      int code = run.execute("--log-level", "trace", "check", "-g", GROUP, "-c", other.toString());

      assertThat(code).as(secret).isNotZero();
    }
    assertNoSecret("the errors", run.out() + run.err());
  }

  /** Checks the setup, again while a server does not answer in time on a busy machine. */
  private int check(String config) {
    long deadline = System.nanoTime() + START.toNanos();
    int code = run.execute("check", "-g", GROUP, "-c", config);
    while (code == UNREACHABLE && System.nanoTime() - deadline < 0) {
      code = run.execute("check", "-g", GROUP, "-c", config);
    }
    return code;
  }

  private static void prepare(MysqlServer mysql, String heading) {
    mysql.execute("DROP USER IF EXISTS 'rep_user'@'%'", "DROP DATABASE IF EXISTS mall_db");
    List<String> sql = new ArrayList<>();
    for (String line : DocumentedCommands.block(PAGE, heading, 0)) {
      sql.add(line.replace("'password'", "'" + MYSQL_SECRET + "'"));
    }
    mysql.execute(sql.toArray(String[]::new));
    mysql.execute(
        "CREATE DATABASE mall_db",
        "CREATE TABLE mall_db.goods (id INT PRIMARY KEY)",
        "INSERT INTO mall_db.goods VALUES (1)");
  }

  private static String verified(MysqlServer mysql) {
    return "\"Mode\":\"verify-ca\", \"CaFile\":\"" + mysql.caCertificate() + "\"";
  }

  private String config(MysqlServer mysql, String mechanism, String delivery, int port, String tls)
      throws IOException {
    String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
    String json =
        """
        {"RPCListen": "%1$s", "RPCTls": {"CertFile": "%7$s", "KeyFile": "%15$s"},
         "AdminToken": "%16$s", "KafkaAddr": ["%2$s"], "Delivery": "%3$s",
         "Kafka": {"security.protocol": "SASL_SSL", "sasl.mechanism": "%4$s",
           "sasl.jaas.config": "org.apache.kafka.common.security.%5$s required username=\\"binlogbroker\\" password=\\"%6$s\\";",
           "ssl.truststore.type": "PEM", "ssl.truststore.location": "%7$s"},
         "EtcdAddr": ["%8$s"], "EtcdUser": "binlogbroker", "EtcdPassword": "%9$s",
         "EtcdTls": {"CaFile": "%7$s"}, "LeaseTtl": "2s",
         "LogDir": "%10$s/log", "StateDir": "%10$s/state",
         "MysqlConn": "rep_user:%11$s@tcp(127.0.0.1:%12$d)", "Tls": {%13$s}, "MaskSalt": "%14$s",
         "Snapshot": "initial",
         "Sources": [{"Schema": "mall_db", "Tables": [{"Table": "goods", "Key": "id"}]}]}
        """
            .formatted(
                port == 0 ? "" : "127.0.0.1:" + port,
                kafka.securedBootstrapServers(),
                delivery,
                mechanism,
                module,
                KAFKA_SECRET,
                certificate.certificate(),
                etcd.address(),
                ETCD_SECRET,
                folder,
                MYSQL_SECRET,
                mysql.port(),
                tls,
                SALT,
                certificate.privateKey(),
                TOKEN);
    Path file = Files.writeString(folder.resolve("conf.json"), json);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file.toString();
  }

  /** Replaces all ACLs and topics, so that nothing of another test is permitted or known. */
  private static void allow(List<String> commands) throws Exception {
    try (Admin admin = admin()) {
      admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
      admin.deleteTopics(admin.listTopics().names().get()).all().get();
      List<AclBinding> bindings = new ArrayList<>();
      commands.forEach(command -> bindings.addAll(bindings(command)));
      admin.createAcls(bindings).all().get();
    }
    etcd.gateway().deleteAll();
  }

  /** The ACLs of one command of kafka-acls.sh. */
  private static List<AclBinding> bindings(String command) {
    List<String> words = List.of(command.split(" "));
    boolean topic = words.contains("--topic");
    ResourceType type = topic ? ResourceType.TOPIC : ResourceType.TRANSACTIONAL_ID;
    String name = words.get(words.indexOf(topic ? "--topic" : "--transactional-id") + 1);
    String principal = words.get(words.indexOf("--allow-principal") + 1);
    List<AclBinding> bindings = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals("--operation")) {
        AclOperation operation = operation(words.get(i + 1));
        bindings.add(
            new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
      }
    }
    assertThat(bindings).as(command).isNotEmpty();
    return bindings;
  }

  private static AclOperation operation(String name) {
    AclOperation operation =
        name.equals("DescribeConfigs")
            ? AclOperation.DESCRIBE_CONFIGS
            : AclOperation.fromString(name.toUpperCase(Locale.ROOT));
    assertThat(operation).as(name).isNotEqualTo(AclOperation.UNKNOWN);
    return operation;
  }

  /** Carries out a command of etcdctl. */
  private static void runEtcdctl(String command) {
    String[] words = command.split(" ");
    switch (words[1] + " " + words[2]) {
      case "role add" -> etcd.gateway().addRole(words[3]);
      case "role grant-permission" -> etcd.gateway().grantPrefix(words[3], words[6]);
      case "user add" -> etcd.gateway().addUserWithoutRights(words[3], ETCD_SECRET);
      case "user grant-role" -> etcd.gateway().grantRole(words[3], words[4]);
      default -> throw new AssertionError("Expected a known command but got " + command);
    }
  }

  /** An administrator's client, on the listener without ACLs. */
  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  private static List<Integer> awaitDelivered(int count) throws Exception {
    long deadline = System.nanoTime() + START.toNanos();
    List<Integer> ids = List.of();
    while (ids.size() < count && System.nanoTime() - deadline < 0) {
      Thread.sleep(200);
      ids = delivered();
    }
    return ids;
  }

  private static List<Integer> delivered() throws Exception {
    List<Integer> ids = new ArrayList<>();
    try (Admin admin = admin()) {
      if (!admin.listTopics().names().get().contains("mall_db")) {
        return ids;
      }
    }
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (ChangeReader reader =
        ChangeReader.open(properties, List.of("mall_db"), ChangeReader.Start.BEGINNING)) {
      reader.readToEnd(
          END,
          record -> ids.add(Objects.requireNonNull(record.change().after()).get("id").asInt()));
    }
    return ids;
  }

  private static int pause(int port, String token) throws Exception {
    HttpRequest.Builder request =
        request(port, "/api/v1/groups/" + GROUP + "/actions/pause")
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.noBody());
    HttpResponse<String> response = send(request);
    assertNoSecret("the answer to an action", response.body());
    return response.statusCode();
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(10));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(certificate.trusting())
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String get(int port, String path) throws Exception {
    HttpResponse<String> response = send(request(port, path));
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return response.body();
  }

  private void assertNoSecretInLogs() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("log"))) {
      List<Path> logs = files.toList();
      assertThat(logs).isNotEmpty();
      for (Path log : logs) {
        String text = Files.readString(log);
        assertThat(text).contains("DEBUG");
        assertNoSecret(log.toString(), text);
      }
    }
  }

  private static void assertNoSecret(String what, String text) {
    for (String secret : List.of(MYSQL_SECRET, KAFKA_SECRET, ETCD_SECRET, SALT, TOKEN)) {
      assertThat(text.contains(secret)).as("%s contains %s", what, secret).isFalse();
    }
  }
}
