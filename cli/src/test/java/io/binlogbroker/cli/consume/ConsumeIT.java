package io.binlogbroker.cli.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.cli.Main;
import io.binlogbroker.cli.terminal.Console;
import io.binlogbroker.testkit.KafkaServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(300)
class ConsumeIT {
  private static final String CHANGE =
      "{\"op\":\"u\",\"before\":{\"id\":%1$d,\"price\":\"1.00\"},"
          + "\"after\":{\"id\":%1$d,\"price\":\"2.00\"},"
          + "\"source\":{\"group\":\"g\",\"db\":\"mall_db\",\"table\":\"goods\",\"server_id\":1,"
          + "\"gtid\":null,\"file\":\"binlog.000002\",\"pos\":%1$d,\"row\":0,"
          + "\"ts_ms\":1795337799789,\"snapshot\":false},\"ts_ms\":1795337799801}";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void printsALimitedNumberOfChanges() throws Exception {
    try (KafkaServer kafka = new KafkaServer().start()) {
      send(kafka, 3);
      String servers = kafka.bootstrapServers();

      int code = execute("-b", servers, "--from-beginning", "--max", "2", "mall_db");

      assertThat(code).isZero();
      List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
      assertThat(lines).hasSize(2);
      assertThat(lines.get(0))
          .matches("\\d\\d:\\d\\d:\\d\\d\\.789  mall_db-\\d +key goods +UPDATE mall_db.goods .*")
          .endsWith("id=1 price='1.00'→'2.00'");

      out.reset();
      int raw =
          execute("-c", config(servers).toString(), "--from-beginning", "--max", "1", "--raw");

      assertThat(raw).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8))
          .isEqualToIgnoringNewLines(CHANGE.formatted(1));

      out.reset();
      int filtered =
          execute(
              "-b",
              servers,
              "--from-beginning",
              "--max",
              "1",
              "--pretty",
              "--action",
              "update",
              "--table",
              "other.*,mall_db.g*",
              "mall_db");

      assertThat(filtered).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("  \"op\" : \"u\"");

      printsAnyMessageOfATopic(kafka);
    }
  }

  private void printsAnyMessageOfATopic(KafkaServer kafka) {
    send(kafka, new ProducerRecord<>("foreign", 0, null, "hello"));
    send(kafka, new ProducerRecord<>("foreign", 0, "key", null));
    send(kafka, new ProducerRecord<>("foreign", 0, "key", "1e99999999999"));
    out.reset();
    err.getBuffer().setLength(0);

    int foreign =
        execute(
            "-b",
            kafka.bootstrapServers(),
            "--from-beginning",
            "--max",
            "3",
            "--raw",
            "foreign",
            "foreing");

    assertThat(foreign).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("hello", "null", "1e99999999999");
    assertThat(err.toString())
        .contains("foreign contains at most 3 messages", "There is no topic foreing at ")
        .contains("(the nearest name is foreign)");

    int asChanges = execute("-b", kafka.bootstrapServers(), "--from-beginning", "foreign");

    assertThat(asChanges).isEqualTo(7);
    assertThat(err.toString()).contains("Expected a key at foreign-0 offset 0. fix: --raw prints");
  }

  @Test
  void anUnreachableKafkaIsReported() {
    assertThat(execute("-b", "127.0.0.1:1", "mall_db")).isEqualTo(11);
  }

  private int execute(String... args) {
    Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), false);
    String[] line = new String[args.length + 1];
    line[0] = "consume";
    System.arraycopy(args, 0, line, 1, args.length);
    CommandLine main = Main.commandLine();
    main.getCommandSpec().removeSubcommand("consume");
    return main.addSubcommand(new ConsumeCommand(console))
        .setErr(new PrintWriter(err, true))
        .execute(line);
  }

  private Path config(String servers) throws Exception {
    return Files.writeString(
        folder.resolve("conf.json"),
        """
        {"RPCListen":"", "KafkaAddr": ["%s"], "MysqlConn": "u:p@tcp(127.0.0.1:1)",
         "Sources": [{"Schema": "mall_db", "Tables": [{"Table": "goods"}]}]}
        """
            .formatted(servers));
  }

  private static void send(KafkaServer kafka, ProducerRecord<String, String> message) {
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    StringSerializer text = new StringSerializer();
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties, text, text)) {
      var unused = producer.send(message);
    }
  }

  private static void send(KafkaServer kafka, int count) {
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    StringSerializer text = new StringSerializer();
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties, text, text)) {
      for (int id = 1; id <= count; id++) {
        var unused = producer.send(new ProducerRecord<>("mall_db", "goods", CHANGE.formatted(id)));
      }
    }
  }
}
