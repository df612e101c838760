package io.binlogbroker.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.binlogbroker.testkit.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks the layers of the image and runs its entry point in them as process 1. Needs root. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ImageIT {
  private static final Path IMAGE = Path.of(System.getProperty("image"));
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private Chroot container;
  private JsonNode config;

  @BeforeEach
  void unpack() throws Exception {
    Path layout = Files.createDirectories(folder.resolve("layout"));
    run("tar", "-xf", IMAGE.toString(), "-C", layout.toString());
    JsonNode index = JSON.readTree(layout.resolve("index.json").toFile());
    JsonNode manifest = blob(layout, index.at("/manifests/0/digest"));
    config = blob(layout, manifest.at("/config/digest"));
    Path root = Files.createDirectories(folder.resolve("root"));
    for (JsonNode layer : manifest.path("layers")) {
      run("tar", "-xpzf", file(layout, layer.path("digest")).toString(), "-C", root.toString());
    }
    // What a container engine provides.
    Files.createDirectories(root.resolve("proc"));
    Files.createDirectories(root.resolve("dev"));
    container = new Chroot(root);
  }

  @Test
  void statesItsUserPortAndLabels() {
    assertThat(config.at("/config/User").asText()).isEqualTo("10001:0");
    assertThat(config.at("/config/ExposedPorts").toString()).contains("\"8846/tcp\"");
    assertThat(config.at("/config/Labels/org.opencontainers.image.licenses").asText())
        .isEqualTo("Apache-2.0");
    assertThat(config.path("os").asText()).isEqualTo("linux");
  }

  @Test
  void theEntryPointRunsAsTheUserWithNothingButTheImage() {
    assertThat(entryPoint("version"))
        .contains("binlogbroker ")
        .contains("Kafka client ")
        .contains("Java 17");
    assertThat(entryPoint("check", "--help")).contains("Usage: binlogbroker check");
    assertThat(container.script("ls /usr/share/doc/libc6/copyright")).contains("libc6");
  }

  @Test
  void aConfigurationIsReadAndItsFoldersAreWritable() throws Exception {
    Path etc = Files.createDirectories(container.root().resolve("etc/binlogbroker"));
    Files.writeString(
        etc.resolve("binlogbroker.json"),
        """
        {"BrokerConfig": {"KafkaAddr": ["127.0.0.1:1"], "LogDir": "/var/log/binlogbroker",
            "StateDir": "/var/lib/binlogbroker"},
         "SourceConfig": {"MysqlConn": "u:p@tcp(127.0.0.1:1)",
            "Sources": [{"Schema": "订单", "Tables": [{"Table": "goods"}]}]}}
        """);

    String shown =
        entryPoint("config", "show", "-g", "订单", "-c", "/etc/binlogbroker/binlogbroker.json");
    String written =
        container.program(
            List.of("--userspec=" + config.at("/config/User").asText()),
            List.of(
                "/bin/sh",
                "-ec",
                "for d in /var/lib/binlogbroker /var/log/binlogbroker /tmp; do echo x >$d/x; done;"
                    + " ! echo x 2>/dev/null >/usr/x && echo refused"));

    assertThat(shown).contains("订单");
    assertThat(written).contains("refused");
  }

  @Test
  void theSameFilesMakeTheSameImage() throws Exception {
    Path again = folder.resolve("again.tar");
    String created = config.path("created").asText();
    String version = config.at("/config/Labels/org.opencontainers.image.version").asText();

    ImageMain.main(
        new String[] {System.getProperty("unpacked"), again.toString(), version, created});

    assertThat(Files.mismatch(IMAGE, again)).isEqualTo(-1);
  }

  private String entryPoint(String... arguments) {
    List<String> line = new ArrayList<>(List.of("env", "-i"));
    config.at("/config/Env").forEach(variable -> line.add(variable.asText()));
    config.at("/config/Entrypoint").forEach(word -> line.add(word.asText()));
    line.addAll(List.of(arguments));
    return container.program(List.of("--userspec=" + config.at("/config/User").asText()), line);
  }

  private static JsonNode blob(Path layout, JsonNode digest) throws Exception {
    return JSON.readTree(file(layout, digest).toFile());
  }

  private static Path file(Path layout, JsonNode digest) {
    return layout.resolve("blobs").resolve(digest.asText().replace(':', '/'));
  }

  private void run(String... line) {
    new Command(folder, List.of(line)).run();
  }
}
