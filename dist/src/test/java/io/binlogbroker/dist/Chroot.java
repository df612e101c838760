package io.binlogbroker.dist;

import io.binlogbroker.testkit.files.CacheFolder;
import io.binlogbroker.testkit.files.DebianPackage;
import io.binlogbroker.testkit.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder that programs run in as their root folder, on the caller's thread. Needs root. */
record Chroot(Path root) {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  /** Gives the programs /proc and /dev in a mount namespace of their own, which ends with them. */
  private static final String ENTER =
      """
      set -e
      root=$1; shift
      mount --rbind /dev "$root/dev"
      mount -t proc proc "$root/proc"
      exec chroot "$@"
      """;

  /** A copy of a minimal Debian with a Java runtime, which is made once. */
  static Chroot ofDebian(Path folder) {
    CacheFolder cache = CacheFolder.ofUser();
    Path base = cache.entry("debian/chroot-bookworm-java17", made -> bootstrap(cache, made));
    run(folder, List.of("cp", "-a", base + "/.", folder.toString()));
    return new Chroot(folder);
  }

  /** Returns the output of a shell script. */
  String script(String text) {
    return program(List.of(), List.of("/bin/sh", "-ec", text));
  }

  /** Returns the output of a program, run as process 1 with options of chroot such as its user. */
  String program(List<String> options, List<String> line) {
    return new Command(Path.of("/"), entering(options, line))
        .environment(Map.of("LC_ALL", "C", "PATH", "/usr/sbin:/usr/bin:/sbin:/bin"))
        .run();
  }

  private List<String> entering(List<String> options, List<String> line) {
    return concat(
        List.of("unshare", "--mount", "--pid", "--fork", "sh", "-c", ENTER, "sh", root.toString()),
        concat(options, concat(List.of(root.toString()), line)));
  }

  private static void bootstrap(CacheFolder cache, Path made) {
    Path debootstrap = DebianPackage.fetch(cache, "debootstrap");
    new Command(
            made,
            List.of(
                debootstrap.resolve("usr/sbin/debootstrap").toString(),
                "--variant=minbase",
                "--include=openjdk-17-jre-headless,adduser",
                "bookworm",
                made.toString(),
                mirror()))
        .environment(Map.of("DEBOOTSTRAP_DIR", debootstrap + "/usr/share/debootstrap"))
        .limit(LIMIT)
        .run();
  }

  /** The server of this machine's packages, not that of security updates. */
  private static String mirror() {
    return run(
            Path.of("/"),
            List.of(
                "apt-get",
                "indextargets",
                "--format",
                "$(REPO_URI)",
                "Created-By: Packages",
                "Component: main",
                "Codename: bookworm"))
        .lines()
        .findFirst()
        .orElseThrow(() -> new AssertionError("Expected apt to have bookworm among its sources"));
  }

  private static String run(Path folder, List<String> line) {
    return new Command(folder, line).limit(LIMIT).run();
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
