package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code binlogbroker}, copied next to a current build. */
@Timeout(120)
class LauncherScriptTest {
  /** Prints its arguments, starting with its options, one per line. */
  private static final String PRINTING =
      """
      #!/bin/sh
      printf '%s\\n' "$@"
      """;

  /** Runs a class of this test instead of the program, with all options. */
  private static final String RUNNING =
      """
      #!/bin/bash
      options=()
      while [[ $1 != -cp ]]; do options+=("$1"); shift; done
      shift 3
      exec '%s' "${options[@]}" -cp '%s' '%s' "$@"
      """;

  @TempDir private Path home;

  @BeforeEach
  void copyTheScript() throws IOException {
    Files.copy(Path.of("..", "binlogbroker"), home.resolve("binlogbroker"));
    Path launcher = Path.of("src", "main", "dist", "lib", "launcher.sh");
    Files.createDirectories(home.resolve("cli").resolve(launcher).getParent());
    Files.copy(launcher, home.resolve("cli").resolve(launcher));
    for (String module : List.of("binlog", "client", "engine", "broker", "cli")) {
      Files.createDirectories(home.resolve(module).resolve("src/main"));
      Files.createFile(home.resolve(module).resolve("pom.xml"));
    }
    Files.createFile(home.resolve("pom.xml"));
    Path lib = Files.createDirectories(home.resolve("cli/target/lib"));
    Path built = Files.createFile(lib.resolve(".built"));
    Files.setLastModifiedTime(built, FileTime.from(Instant.now().plusSeconds(60)));
  }

  @Test
  void aGroupNameArrivesUnchangedInAPosixLocale() throws Exception {
    java("17.0.15", running(Arguments.class));
    // A JVM in a POSIX locale could not pass the name on.
    String call = "exec " + home.resolve("binlogbroker") + " -g 订单\n";
    Path caller = Files.writeString(home.resolve("caller"), call);

    for (String locale : List.of("LC_ALL=C", "LC_ALL=POSIX", "LANG=xx_YY.UTF-8", "NONE=")) {
      EndedProcess ended = end(List.of("env", "-i", locale, javaHome(), "bash", caller.toString()));

      assertThat(ended.out().lines()).as(locale).containsExactly("-g", "8ba2 5355", "订单");
    }
  }

  @Test
  void aNonPosixEncodingIsKept() throws Exception {
    java("17.0.15", "#!/bin/sh\necho \"$LC_ALL $LANG\"\n");

    EndedProcess ended = run(List.of("env", "-i", "LANG=C.UTF-8", javaHome()));

    assertThat(ended.out()).isEqualTo(" C.UTF-8\n");
  }

  @Test
  void anOlderJavaIsReportedWithTheFix() throws Exception {
    java("11.0.22", PRINTING);

    EndedProcess ended = run(List.of("env", javaHome()), "version");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out())
        .contains("expected Java 17 or later, but " + home + "/jdk/bin/java is Java 11; fix: ");
  }

  @Test
  void aJavaWithoutAReleaseFileIsRunForItsVersion() throws Exception {
    java("", "#!/bin/sh\necho 'openjdk version \"1.8.0_392\"' >&2\n");

    EndedProcess ended = run(List.of("env", javaHome()), "version");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out()).contains("is Java 8; fix: ");
  }

  @Test
  void theNewestJavaRunsIfJavaHomeIsNotSet() throws Exception {
    java("99", PRINTING);
    String path = "PATH=" + home.resolve("jdk/bin") + ":" + System.getenv("PATH");

    EndedProcess ended = run(List.of("env", "-u", "JAVA_HOME", path), "version");

    assertThat(ended.status()).as(ended.out()).isZero();
    assertThat(ended.out().lines()).endsWith("io.binlogbroker.cli.Main", "version");
  }

  @Test
  void aMissingJavaIsReportedWithTheFix() throws Exception {
    EndedProcess ended = run(List.of("env", "JAVA_HOME=/nowhere"), "version");

    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.out())
        .contains("expected Java 17 or later, but there is no program /nowhere/bin/java; fix: ");
  }

  @Test
  void theHeapIsLimitedUnlessJavaOptsLimitsIt() throws Exception {
    java("17.0.15", PRINTING);

    assertThat(heapOptions("")).containsExactly("-Xmx256m");
    assertThat(heapOptions("-Dkey=value -verbose:gc")).containsExactly("-Xmx256m");
    assertThat(heapOptions("-Dkey=value -Xmx1g")).containsExactly("-Xmx1g");
    assertThat(heapOptions("-XX:MaxRAMPercentage=50")).containsExactly("-XX:MaxRAMPercentage=50");
    assertThat(heapOptions("-XX:MaxHeapSize=1g")).containsExactly("-XX:MaxHeapSize=1g");
  }

  private List<String> heapOptions(String javaOpts) throws Exception {
    EndedProcess ended = run(List.of("env", "JAVA_OPTS=" + javaOpts, javaHome()), "version");
    return ended.out().lines().filter(option -> option.matches("-Xm.*|.*Max(RAM|Heap).*")).toList();
  }

  @Test
  void nativeAccessIsEnabledWhereJavaRequiresIt() throws Exception {
    String option = "--enable-native-access=ALL-UNNAMED";

    java("17.0.15", PRINTING);
    assertThat(run(List.of("env", javaHome())).out().lines()).doesNotContain(option);
    java("25", PRINTING);
    assertThat(run(List.of("env", javaHome())).out().lines()).contains(option);
  }

  @Test
  void aFullHeapEndsTheProcessOnAnyThread() throws Exception {
    java("17.0.15", running(FullHeap.class));

    EndedProcess ended = run(List.of("env", "JAVA_OPTS=-Xmx16m", javaHome()));

    assertThat(ended.status()).isEqualTo(137);
    assertThat(ended.out()).contains("java.lang.OutOfMemoryError").doesNotContain("still here");
  }

  @Test
  void aFullHeapEndsProcessOneOfAContainer() throws Exception {
    java("17.0.15", running(FullHeap.class));

    EndedProcess ended = run(inContainer("JAVA_OPTS=-Xmx16m"));

    assertThat(ended.status()).isEqualTo(137);
    assertThat(ended.out()).contains("java.lang.OutOfMemoryError").doesNotContain("still here");
  }

  @Test
  void processOneOfAContainerExitsWithJavasCode() throws Exception {
    java("17.0.15", "#!/bin/sh\nread -r line\necho \"$line\"\nexit 7\n");
    Files.writeString(home.resolve("in"), "what stands on standard input\n");

    EndedProcess ended = run(inContainer("UNUSED="));

    assertThat(ended.status()).isEqualTo(7);
    assertThat(ended.out()).isEqualTo("what stands on standard input\n");
  }

  @Test
  void processOneOfAContainerForwardsSignals() throws Exception {
    String program =
        """
        #!/bin/bash
        trap 'echo stopped; exit 0' TERM
        if [[ $PPID == 1 ]]; then kill -TERM 1; else kill -TERM $$; fi
        while :; do sleep 0.1; done
        """;
    java("17.0.15", program);

    EndedProcess ended = run(inContainer("UNUSED="));

    assertThat(ended.out()).isEqualTo("stopped\n");
    assertThat(ended.status()).isZero();
  }

  /** As process 1 of a new namespace, if this system allows it. */
  private List<String> inContainer(String variable) throws Exception {
    List<String> unshare = List.of("unshare", "--user", "--map-root-user", "--pid", "--fork");
    List<String> line = new ArrayList<>();
    if (new ProcessBuilder(append(unshare, "true")).start().waitFor() == 0) {
      line.addAll(unshare);
    }
    line.addAll(List.of("env", variable, javaHome()));
    return line;
  }

  private static List<String> append(List<String> line, String... more) {
    List<String> all = new ArrayList<>(line);
    all.addAll(List.of(more));
    return all;
  }

  private EndedProcess run(List<String> by, String... arguments) throws Exception {
    List<String> line = append(by, home.resolve("binlogbroker").toString());
    line.addAll(List.of(arguments));
    return end(line);
  }

  private EndedProcess end(List<String> line) throws Exception {
    Path in = home.resolve("in");
    File input = Files.exists(in) ? in.toFile() : new File("/dev/null");
    return EndedProcess.run(new ProcessBuilder(line).redirectInput(input));
  }

  private String javaHome() {
    return "JAVA_HOME=" + home.resolve("jdk");
  }

  /**
   * Creates a fake JDK.
   *
   * @param version in its release file; empty for none
   * @param program the script for {@code bin/java}
   */
  private void java(String version, String program) throws IOException {
    Path jdk = home.resolve("jdk");
    Path bin = Files.createDirectories(jdk.resolve("bin"));
    Path java = Files.writeString(bin.resolve("java"), program);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    if (!version.isEmpty()) {
      Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }
  }

  private static String running(Class<?> main) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path = Path.of("target", "test-classes").toAbsolutePath().toString();
    return RUNNING.formatted(java, path, main.getName());
  }

  /** Prints its arguments, non-ASCII ones also as code units. */
  static final class Arguments {
    public static void main(String[] arguments) {
      for (String argument : arguments) {
        if (!argument.chars().allMatch(c -> c < 128)) {
          List<String> units = argument.chars().mapToObj(Integer::toHexString).toList();
          System.out.println(String.join(" ", units));
        }
        System.out.println(argument);
      }
    }
  }

  /** Fills its heap on an unwatched thread and waits for it, as Kafka's client would. */
  static final class FullHeap {
    public static void main(String[] arguments) throws InterruptedException {
      Thread thread = new Thread(FullHeap::fill, "filler");
      thread.setDaemon(true);
      thread.start();
      thread.join();
      System.out.println("still here");
      Thread.sleep(20_000);
    }

    private static void fill() {
      List<long[]> all = new ArrayList<>();
      while (all.size() < 1_000) {
        all.add(new long[1_000_000]);
      }
    }
  }
}
