package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive that users unpack and run, as {@code mvn package} made it. */
@Timeout(120)
class DistributionIT {
  private static final Path ARCHIVE = Path.of(System.getProperty("distribution"));

  @TempDir private Path folder;

  private Path home;

  @BeforeEach
  void unpack() throws Exception {
    EndedProcess tar = run(folder, "tar", "-xzf", ARCHIVE.toString());
    assertThat(tar.status()).as(tar.out()).isZero();
    String name = ARCHIVE.getFileName().toString();
    home = folder.resolve(name.substring(0, name.length() - ".tar.gz".length()));
    EndedProcess chmod = run(folder, "chmod", "-R", "a-w", home.toString());
    assertThat(chmod.status()).isZero();
  }

  @Test
  void itsChecksumIsThatOfTheArchive() throws Exception {
    EndedProcess check =
        run(ARCHIVE.getParent(), "sha256sum", "-c", ARCHIVE.getFileName() + ".sha256");

    assertThat(check.status()).as(check.out()).isZero();
  }

  @Test
  void itHoldsTheProgramAndNothingOfTestsAndDemo() throws Exception {
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      List<String> names = jars.map(jar -> jar.getFileName().toString()).toList();
      assertThat(names)
          .anyMatch(name -> name.startsWith("binlogbroker-cli-"))
          .anyMatch(name -> name.startsWith("kafka-clients-"))
          .noneMatch(name -> name.matches("(kafka_2|mariadb-|binlogbroker-(testkit|demo)).*"));
    }
    assertThat(
            Stream.of(
                "LICENSE",
                "README.md",
                "conf/binlogbroker.conf.json",
                "docs/config.md",
                "systemd/binlogbroker@.service"))
        .allMatch(file -> Files.isRegularFile(home.resolve(file)));
  }

  @Test
  void itRunsFromAnotherFolderWithoutVariables() throws Exception {
    EndedProcess ended = program("--version");

    assertThat(ended.status()).as(ended.out()).isZero();
    assertThat(ended.out()).contains("binlogbroker ").contains("(commit ");
  }

  @Test
  void itReadsItsExample() throws Exception {
    String example = home.resolve("conf/binlogbroker.conf.json").toString();

    EndedProcess ended = program("config", "show", "-g", "db_mall", "-c", example);

    assertThat(ended.status()).as(ended.out()).isZero();
    assertThat(ended.out()).contains("mall_db");
  }

  @Test
  void aWrongOptionIsRefused() throws Exception {
    EndedProcess ended = program("--frobnicate");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out()).contains("--frobnicate");
  }

  private EndedProcess program(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("env", "-i", "PATH=" + System.getenv("PATH")));
    line.add(home.resolve("bin/binlogbroker").toString());
    line.addAll(List.of(arguments));
    return run(folder, line.toArray(String[]::new));
  }

  private static EndedProcess run(Path directory, String... line) throws Exception {
    return EndedProcess.run(new ProcessBuilder(line).directory(directory.toFile()));
  }
}
