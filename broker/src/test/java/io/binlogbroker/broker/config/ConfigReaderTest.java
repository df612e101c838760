package io.binlogbroker.broker.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.broker.config.section.ByteSize;
import io.binlogbroker.broker.config.source.MysqlConn;
import io.binlogbroker.broker.config.source.SourceConfig;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import io.binlogbroker.engine.model.FormatName;
import io.binlogbroker.engine.route.SourceRule;
import io.binlogbroker.engine.route.TableRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {
  private static final String CONN = "\"MysqlConn\":\"u:p@tcp(localhost)\"";
  private static final String KAFKA = "\"KafkaAddr\":[\"localhost:9092\"]";

  private final ConfigReader reader = new ConfigReader(Map.of("PASSWORD", "s3cret"));

  @Test
  void readsTheSourceExampleOfTheOriginalReadme() throws IOException {
    SourceConfig source = reader.readSource(resource("seed-source.json"), "seed-source.json");

    assertThat(source.mysqlConn())
        .isEqualTo(new MysqlConn("rep_user", "rep_user", "localhost", 3306, null));
    assertThat(source.syncAll()).isFalse();
    assertThat(source.sources())
        .containsExactly(
            new SourceRule(
                "mall_db",
                List.of(
                    new TableRule("goods", null, null, null),
                    new TableRule("package", "mytopic", "usr_id", null)),
                null,
                null),
            new SourceRule("social_db", List.of(), null, null));
  }

  @Test
  void readsTheBrokerExampleOfTheOriginalReadme() throws IOException {
    BrokerConfig broker = reader.readBroker(resource("seed-broker.json"), "seed-broker.json");

    assertThat(broker.log().logDir()).isEqualTo("./log/");
    assertThat(broker.log().logFile()).isEqualTo("binlogbroker.log");
    assertThat(broker.kafka().kafkaAddr()).containsExactly("localhost:9092");
    assertThat(broker.admin().rpcListen()).isEqualTo(":8846");
  }

  @Test
  void readsBothPartsAsTwoObjectsInOneText() throws IOException {
    String text =
        "{\"BrokerConfig\":%s, \"SourceConfig\":%s}"
            .formatted(resource("seed-broker.json"), resource("seed-source.json"));

    Config config = reader.read(text, "conf.json");

    assertThat(config.broker().kafka().kafkaAddr()).containsExactly("localhost:9092");
    assertThat(config.source().sources()).hasSize(2);
  }

  @Test
  void readsBothPartsWithTheirKeysOnOneLevel() throws IOException {
    String broker = resource("seed-broker.json").strip();
    String source = resource("seed-source.json").strip();

    Config config =
        reader.read(broker.substring(0, broker.length() - 1) + "," + source.substring(1), "conf");

    assertThat(config.broker().admin().rpcListen()).isEqualTo(":8846");
    assertThat(config.source().mysqlConn().user()).isEqualTo("rep_user");
  }

  @Test
  void theExampleFileIsReadAndShowsTheDefaults() {
    Config config = reader.read(Path.of("../binlogbroker.conf.json"));

    assertThat(config.source().sources().get(0).tables()).hasSize(3);
    assertThat(config.broker().kafka().kafka()).containsEntry("compression.type", "lz4");
    BrokerConfig bare = reader.readBroker("{" + KAFKA + "}", "bare");
    assertThat(config.broker().admin().rpcListen()).isEqualTo(bare.admin().rpcListen());
    assertThat(config.broker().log().logFile()).isEqualTo(bare.log().logFile());
  }

  @Test
  void everyKeyButTheTwoAddressesHasADefault() {
    Config config = flat("");

    assertThat(config.broker())
        .isEqualTo(
            new BrokerConfig(
                new LogConfig("./log/", "binlogbroker.log"),
                new AdminConfig(":8846", List.of()),
                new KafkaConfig(
                    List.of("localhost:9092"),
                    Delivery.EXACTLY_ONCE,
                    Map.of(),
                    1,
                    -1,
                    "binlogbroker.positions",
                    null,
                    OnOversize.STOP),
                new CommitConfig(
                    Duration.ofMillis(100), new ByteSize(8 << 20), new ByteSize(64 << 20)),
                new FormatConfig(FormatName.JSON, false),
                null,
                null,
                new EtcdConfig(List.of(), null, null, null, Duration.ofSeconds(5), true),
                "./state/",
                new ByteSize(Math.min(1 << 30, Runtime.getRuntime().maxMemory() / 4)),
                Duration.ofSeconds(60)));
    assertThat(config.source().heartbeat()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.source().tls().mode()).isEqualTo(TlsMode.PREFERRED);
    assertThat(config.source().allowPublicKeyRetrieval()).isFalse();
    assertThat(config.source().serverId()).isNull();
  }

  @Test
  void keysAreCaseInsensitive() {
    Config config = flat("\"DELIVERY\":\"At-Least-Once\", \"syncall\":true");

    assertThat(config.broker().kafka().delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
    assertThat(config.source().syncAll()).isTrue();
  }

  @Test
  void nullIsTheSameAsAnAbsentKey() {
    assertThat(flat("\"Partitions\":null, \"Tls\":null").broker().kafka().partitions())
        .isEqualTo(1);
  }

  @Test
  void aKafkaPropertyKeepsItsCaseAndMayBeANumber() {
    Config config = flat("\"Kafka\":{\"linger.ms\":5,\"Any.Thing\":true}");

    assertThat(config.broker().kafka().kafka())
        .containsOnly(Map.entry("linger.ms", "5"), Map.entry("Any.Thing", "true"));
  }

  @Test
  void faultsOfColumnsAndMasksAreNamed() {
    ConfigException e =
        refused(
            """
            {"KafkaAddr":["a:1"],"MysqlConn":"u:p@tcp(h)","Sources":[{"Schema":"a","Tables":[
              {"Table":"t","Columns":{"Include":["a"],"Exclude":["b"]},"Mask":{"c":"rot13"}}]}]}
            """);

    assertThat(e)
        .hasMessageContaining(
            "Sources[0].Tables[0].Columns.Exclude: cannot be combined with Include; keep one of"
                + " them")
        .hasMessageContaining(
            "Sources[0].Tables[0].Mask.c: expected \"sha256\" or \"redact\" or \"last4\", got"
                + " \"rot13\"");
  }

  @Test
  void anUnknownKeyIsReportedWithItsPathAndTheNearestKnownKey() {
    ConfigException e =
        refused(
            """
            {"BrokerConfig":{"KafkaAddr":["a:1"],"ParttionS":2},
             "SourceConfig":{"MysqlConn":"u:p@tcp(h)",
               "Sources":[{"Schema":"a"},{"Schema":"b","Tabels":[]}]}}
            """);

    assertThat(e)
        .hasMessage(
            """
            conf.json:
            BrokerConfig.ParttionS: unknown key; did you mean "Partitions"?
            SourceConfig.Sources[1].Tabels: unknown key; did you mean "Tables"?\
            """);
  }

  @Test
  void anUnknownKeyWithoutASimilarOneIsReportedWithAllKnownKeys() {
    ConfigException e = refusedFlat("\"Tls\":{\"Whatever\":1}");

    assertThat(e.faults())
        .containsExactly(
            new Fault("Tls.Whatever", "unknown key; known here: CaFile, CertFile, KeyFile, Mode"));
  }

  @Test
  void allFaultsAreReportedAtOnce() {
    ConfigException e =
        refused(
            """
            {"Delivery":"twice", "CommitInterval":5, "CommitSize":"8 apples", "Partitions":"3",
             "KafkaAddr":"localhost:9092", "Kafka":{"acks":["all"]}, "Replication":0,
             "SyncAll":"yes", "Sources":[{"Tables":[{"Topic":"t"}]}, 7], "Heartbeat":"5",
             "ServerId":0, "Tls":{"CertFile":"c.pem"}}
            """);

    assertThat(e.faults().stream().map(Fault::toString))
        .containsExactlyInAnyOrder(
            "Delivery: expected \"exactly-once\" or \"at-least-once\", got \"twice\"",
            "CommitInterval: expected a duration such as \"3s\", got 5",
            "CommitSize: expected a size such as \"8MiB\", \"64KB\" or 4096, got \"8 apples\"",
            "Partitions: expected a whole number, got a string",
            "KafkaAddr: expected a list of strings, got a string",
            "Kafka.acks: expected a string, number or flag, got a list",
            "Replication: expected 1 to 32767, or -1 for Kafka's own default, got 0",
            "MysqlConn: missing; expected \"user:password@tcp(host:port)\"",
            "SyncAll: expected true or false, got a string",
            "Sources[0].Schema: missing; expected a name or a regular expression",
            "Sources[0].Tables[0].Table: missing; expected a name or a regular expression",
            "Sources[1]: expected an object, got 7",
            "Heartbeat: expected a duration with its unit, such as \"100ms\", \"3s\", \"1m\" or"
                + " \"2h\", got \"5\"",
            "ServerId: expected a number from 1 to 4294967295, got 0",
            "Tls.KeyFile: missing; CertFile needs its private key");
  }

  @Test
  void aLeaseLastsWholeSeconds() {
    Fault fault = new Fault("LeaseTtl", "expected whole seconds, 2s or more, such as \"5s\"");

    assertThat(flat("\"LeaseTtl\":\"2s\"").broker().etcd().leaseTtl())
        .isEqualTo(Duration.ofSeconds(2));
    assertThat(refusedFlat("\"LeaseTtl\":\"1s\"").faults()).containsExactly(fault);
    assertThat(refusedFlat("\"LeaseTtl\":\"2500ms\"").faults()).containsExactly(fault);
  }

  @Test
  void aCommitSizeAboveItsMaximumIsRefused() {
    assertThat(refusedFlat("\"CommitSize\":\"65MiB\"").faults())
        .containsExactly(
            new Fault("CommitMaxSize", "expected at least CommitSize (65MiB), got 64MiB"));
  }

  @Test
  void anAddressWithoutAPortIsRefused() {
    ConfigException e =
        refused("{" + CONN + ",\"KafkaAddr\":[\"a:1\",\"b\",\"c:70000\"],\"RPCListen\":\"8846\"}");

    assertThat(e.faults().stream().map(Fault::path))
        .containsExactly("KafkaAddr[1]", "KafkaAddr[2]", "RPCListen");
  }

  @Test
  void aKafkaPropertyThatTheBrokerSetsIsRefused() {
    assertThat(refusedFlat("\"Kafka\":{\"transactional.id\":\"x\"}").faults())
        .containsExactly(new Fault("Kafka.transactional.id", "set by the broker; remove it"));
  }

  @Test
  void aDuplicateKeyIsAFaultInAnyCase() {
    assertThat(refusedFlat("\"SyncAll\":true,\n\"syncAll\":false").faults())
        .containsExactly(new Fault("syncAll", "duplicate key, repeated in line 2"));
  }

  @Test
  void malformedJsonIsReportedWithItsPositionAndWithoutItsText() {
    assertThat(refused("{\n  -- two dashes\n  \"SyncAll\": hunter2\n}"))
        .hasMessage(
            "conf.json:\n"
                + "line 3, column 14, at SyncAll: not JSON: expected a value: a string in double"
                + " quotes, a number, true, false, null, { or [");
    assertThat(refused("{\"sourceconfig\":{\"Sources\":[{},{\"Tables\":[{\"Key\" 1}]}]}}"))
        .hasMessage(
            "conf.json:\nline 1, column 50, at SourceConfig.Sources[1].Tables[0].Key: not JSON:"
                + " expected : after the key");
    assertThat(refused("{\"BlackList\":[\"a\"}"))
        .hasMessage(
            "conf.json:\nline 1, column 18, at BlackList[0]: not JSON: expected ] before }");
  }

  @Test
  void aSingleBackslashIsReportedWithTheFix() {
    assertThat(refused("{\"BlackList\":[\"order_\\d+\"]}"))
        .hasMessageContaining("write a backslash as two: \"order_\\\\d+\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"MysqlConn\": hunter2}",
        "{\"MaskSalt\": \n hunter2 }",
        "{\"MaskSalt\": \"hunter2}",
        "{\"MaskSalt\": 'hunter2'}",
        "{\"MaskSalt\" \"hunter2\"}",
        "{\"MaskSalt\": \"hunter2\" \"Heartbeat\":\"5s\"}",
        "{\"MaskSalt\": \"a\"hunter2\"}",
        "{\"Kafka\":{\"ssl.keystore.key\":\n\"hunter2\\n\" \"a\"}}",
        "{\"Kafka\":{\"hunter2\" 1}}",
        "{\"EtcdPassword\": 1hunter2}",
        "{\"EtcdPassword\": \"\\hunter2\"}",
        "{hunter2}",
        "{\"EtcdPassword\": \"hunter2",
        "{} hunter2",
        "{// hunter2\n",
        "/* hunter2",
        "{\"hunter2:@\":1,\"hunter2:@\":1}",
      })
  void noSyntaxErrorShowsTheText(String text) {
    assertThat(refused(text).getMessage()).startsWith("conf.json:\n").doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MysqlConn", "MaskSalt", "EtcdPassword", "AdminToken"})
  void aSecretOfTheWrongTypeIsNotShown(String key) {
    assertThat(refused("{\"" + key + "\":4711}").getMessage())
        .contains(key + ": expected a string in double quotes")
        .doesNotContain("4711");
    assertThat(refused("{\"" + key + "\":\"x${hunter:2}\"}").getMessage())
        .contains(key + ": expected ${env:NAME} or ${file:/path}")
        .doesNotContain("hunter");
  }

  @Test
  void aNumberOutOfRangeIsReportedWithItsKey() {
    assertThat(refusedFlat("\"Partitions\":1e99999999999").faults())
        .containsExactly(
            new Fault(
                "Partitions", "expected a smaller number: this one has too large an exponent"));
    assertThat(refusedFlat("\"Partitions\":1e999999").faults())
        .extracting(Fault::path)
        .containsExactly("Partitions");
  }

  @Test
  void bracketsNestedTooDeeplyAreAFault() {
    assertThat(refused("{\"a\":" + "[".repeat(200_000)))
        .hasMessageEndingWith("not JSON: brackets are nested too deeply");
  }

  @Test
  void aQuotedValueIsShortAndOneLine() {
    assertThat(refusedFlat("\"Heartbeat\":\"a\\nb" + "x".repeat(200) + "\"").getMessage())
        .contains("got \"a?b" + "x".repeat(97) + "...\"")
        .hasLineCount(2);
  }

  @Test
  void onlyTheFirstOfVeryManyFaultsAreListed() {
    String keys = IntStream.range(0, 5_000).mapToObj(i -> "\"k" + i + "\":1").collect(joining(","));

    ConfigException e = refusedFlat(keys);

    assertThat(e.faults()).hasSize(5_000);
    assertThat(e.getMessage().lines()).hasSize(102);
    assertThat(e).hasMessageEndingWith("and 4900 more faults");
  }

  @Test
  void aTextThatEndsTooEarlyOrTooLateIsRefused() {
    assertThat(refused("{\"SyncAll\":true")).hasMessageContaining("line 1, column");
    assertThat(refused("")).hasMessage("conf.json:\nexpected one object: { ... }");
    assertThat(refused("[]")).hasMessage("conf.json:\nexpected one object: { ... }");
    assertThat(refused("{}\n{}"))
        .hasMessageContaining("unexpected text after the object's end in line 2");
  }

  @Test
  void aByteOrderMarkIsSkipped(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("c"), "\uFEFF{" + CONN + "," + KAFKA + "}");

    assertThat(reader.read(file).source().mysqlConn().user()).isEqualTo("u");
  }

  @Test
  void aFileThatIsMissingOrNotUtf8IsNamed(@TempDir Path folder) throws IOException {
    Path latin = Files.write(folder.resolve("latin"), new byte[] {'{', (byte) 0xE9, '}'});
    Path missing = folder.resolve("missing");

    assertThat(catchThrowableOfType(ConfigException.class, () -> reader.read(latin)))
        .hasMessage(latin + ":\nexpected UTF-8 text");
    assertThat(catchThrowableOfType(ConfigException.class, () -> reader.read(missing)))
        .hasMessage(missing + ":\nfile not found");
  }

  @Test
  void secretsAreSubstitutedAndNeverPrinted(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("key"), "k3y\n");
    String text =
        "{\"MysqlConn\":\"u:${env:PASSWORD}@tcp(h)\",%s,\"Kafka\":{\"ssl.key\":\"${file:%s}\"}}"
            .formatted(KAFKA, file);

    Config config = reader.read(text, "conf.json");

    assertThat(config.source().mysqlConn().password()).isEqualTo("s3cret");
    assertThat(config.broker().kafka().kafka()).containsEntry("ssl.key", "k3y");
    assertThat(config.toString()).doesNotContain("s3cret", "k3y").contains("u:***@tcp(h:3306)");
  }

  @Test
  void anUnresolvableReferenceIsAFault() {
    ConfigException e =
        refusedFlat(
            "\"LogDir\":\"${env:NOPE}\",\"LogFile\":\"${file:/no/such}\",\"StateDir\":\"${en:A}\"");

    assertThat(e.faults())
        .containsExactly(
            new Fault("LogDir", "${env:NOPE}: environment variable NOPE is not set"),
            new Fault("LogFile", "${file:/no/such}: file not found"),
            new Fault(
                "StateDir",
                "expected ${env:NAME} or ${file:/path}, got a reference of an unknown kind"));
  }

  @Test
  void aFaultQuotesTheReferenceAndNotItsValue() {
    assertThat(refusedFlat("\"Heartbeat\":\"${env:PASSWORD}\"").getMessage())
        .contains("got \"${env:PASSWORD}\"")
        .doesNotContain("s3cret");
  }

  @Test
  void theTlsModeMayBeAParameterOfMysqlConn() {
    SourceConfig source =
        reader.readSource("{\"MysqlConn\":\"u:p@tcp(h)/?tls=verify-ca\"}", "conf.json");

    assertThat(source.tls().mode()).isEqualTo(TlsMode.VERIFY_CA);
    assertThat(
            refused(
                    "{\"MysqlConn\":\"u:p@tcp(h)/?tls=true\",%s,\"Tls\":{\"Mode\":\"disabled\"}}"
                        .formatted(KAFKA))
                .faults())
        .containsExactly(
            new Fault(
                "Tls.Mode",
                "is disabled but tls of MysqlConn is verify-identity; keep one of them"));
  }

  @Test
  void theServerIdIsDerivedFromTheGroupUnlessConfigured() {
    SourceConfig bare = reader.readSource("{" + CONN + "}", "conf.json");
    SourceConfig given = reader.readSource("{" + CONN + ",\"ServerId\":4294967295}", "conf.json");

    assertThat(given.serverIdFor("db_mall")).isEqualTo(4294967295L);
    assertThat(bare.serverIdFor("db_mall"))
        .isEqualTo(bare.serverIdFor("db_mall"))
        .isNotEqualTo(bare.serverIdFor("db_social"))
        .isBetween(1L << 30, 0xFFFF_FFFFL);
  }

  private Config flat(String more) {
    return reader.read("{" + CONN + "," + KAFKA + "," + more + "}", "conf.json");
  }

  private ConfigException refused(String text) {
    return catchThrowableOfType(ConfigException.class, () -> reader.read(text, "conf.json"));
  }

  private ConfigException refusedFlat(String more) {
    return refused("{" + CONN + "," + KAFKA + "," + more + "}");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ConfigReaderTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
