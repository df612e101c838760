package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive that users unpack and run, as built by {@code mvn package}. */
@Timeout(120)
class DistributionIT {
  private static final Path ARCHIVE = Path.of(System.getProperty("distribution"));

  /** What the launcher prints when it stores the classes. */
  private static final String STORING = "binlogbroker: storing its classes";

  /** Java then ends with an error unless it can use the stored classes. */
  private static final List<String> STORED_CLASSES_ARE_USED = List.of("JAVA_OPTS=-Xshare:on");

  private static final List<String> WITHOUT_STORED_CLASSES = List.of("BINLOGBROKER_ARCHIVE=no");

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
  void theChecksumMatchesTheArchive() throws Exception {
    EndedProcess check =
        run(ARCHIVE.getParent(), "sha256sum", "-c", ARCHIVE.getFileName() + ".sha256");

    assertThat(check.status()).as(check.out()).isZero();
  }

  @Test
  void containsTheProgramWithoutTestsAndDemo() throws Exception {
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
                "lib/classes.lst",
                "systemd/binlogbroker@.service"))
        .allMatch(file -> Files.isRegularFile(home.resolve(file)));
  }

  @Test
  void runsFromAnotherFolderWithoutVariables() throws Exception {
    EndedProcess ended = program(List.of(), "--version");

    assertThat(ended.status()).as(ended.out()).isZero();
    assertThat(ended.out()).contains("binlogbroker ").contains("(commit ");
  }

  @Test
  void readsItsExample() throws Exception {
    String example = home.resolve("conf/binlogbroker.conf.json").toString();

    EndedProcess ended =
        program(WITHOUT_STORED_CLASSES, "config", "show", "-g", "db_mall", "-c", example);

    assertThat(ended.status()).as(ended.out()).isZero();
    assertThat(ended.out()).contains("mall_db");
  }

  @Test
  void aWrongOptionIsRefused() throws Exception {
    EndedProcess ended = program(WITHOUT_STORED_CLASSES, "--frobnicate");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out()).contains("--frobnicate");
  }

  @Test
  void theFirstStartCreatesTheClassArchiveForTheSecond() throws Exception {
    makeWritable();

    EndedProcess first = program(List.of(), "version");
    EndedProcess second = program(STORED_CLASSES_ARE_USED, "version");

    assertThat(first.status()).as(first.out()).isZero();
    assertThat(first.out()).contains(STORING);
    assertThat(second.status()).as(second.out()).isZero();
    assertThat(second.out()).doesNotContain(STORING);
    assertThat(storedClasses()).hasSize(1);
  }

  @Test
  void oneOfTwoConcurrentFirstStartsCreatesTheClassArchive() throws Exception {
    makeWritable();
    String both = "bin/binlogbroker version & bin/binlogbroker version; s=$?; wait $! && exit $s";

    EndedProcess ended = run(home, append(environment(List.of()), "bash", "-c", both));

    assertThat(ended.status()).as(ended.out()).isZero();
    assertThat(ended.out()).containsOnlyOnce(STORING);
    assertThat(program(STORED_CLASSES_ARE_USED, "version").status()).isZero();
    assertThat(storedClasses()).hasSize(1);
  }

  @Test
  void anUnfinishedClassArchiveIsReplaced() throws Exception {
    makeWritable();
    program(List.of(), "version");
    Path stored = storedClasses().get(0);
    Path unfinished = stored.resolveSibling(stored.getFileName().toString().replace("jsa", "new"));
    Files.move(stored, unfinished);
    Files.write(unfinished, new byte[1_000]);

    EndedProcess next = program(List.of(), "version");

    assertThat(next.status()).as(next.out()).isZero();
    assertThat(program(STORED_CLASSES_ARE_USED, "version").status()).isZero();
    assertThat(storedClasses()).containsExactly(stored);
  }

  @Test
  void aDamagedClassArchiveDoesNotPreventAStart() throws Exception {
    makeWritable();
    program(List.of(), "version");
    String whole = program(List.of(), "version").out();
    Path stored = storedClasses().get(0);
    byte[] bytes = Files.readAllBytes(stored);
    byte[] changed = bytes.clone();
    for (int at = 1_000_000; at < changed.length; at += 100_000) {
      Arrays.fill(changed, at, at + 1_000, (byte) 0x5a);
    }

    for (byte[] damaged : List.of(changed, Arrays.copyOf(bytes, bytes.length / 2), new byte[0])) {
      Files.delete(stored);
      Files.write(stored, damaged);

      EndedProcess ended = program(List.of(), "version");

      assertThat(ended.status()).as(ended.out()).isZero();
      assertThat(ended.out()).isEqualTo(whole);
    }
  }

  private void makeWritable() throws Exception {
    EndedProcess chmod = run(folder, "chmod", "u+w", home.resolve("lib").toString());
    assertThat(chmod.status()).isZero();
  }

  private List<Path> storedClasses() throws Exception {
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("classes-")).toList();
    }
  }

  private EndedProcess program(List<String> variables, String... arguments) throws Exception {
    String[] line = append(environment(variables), home.resolve("bin/binlogbroker").toString());
    return run(folder, append(List.of(line), arguments));
  }

  private static List<String> environment(List<String> variables) {
    List<String> line = new ArrayList<>(List.of("env", "-i", "PATH=" + System.getenv("PATH")));
    line.addAll(variables);
    return line;
  }

  private static String[] append(List<String> line, String... more) {
    return Stream.concat(line.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private static EndedProcess run(Path directory, String... line) throws Exception {
    return EndedProcess.run(new ProcessBuilder(line).directory(directory.toFile()));
  }
}
