package io.binlogbroker.testkit.files;

import io.binlogbroker.testkit.process.Command;
import io.binlogbroker.testkit.process.ServerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Downloads packages of any release, on the caller's thread. */
final class DebianSuite {
  private final String suite;
  private final List<String> options;

  private DebianSuite(String suite, List<String> options) {
    this.suite = suite;
    this.options = options;
  }

  /** Uses the server of this machine's main packages for another release. */
  static DebianSuite of(String suite, CacheFolder cache) {
    List<String> state = DebianPackage.ownState(cache, "apt-" + suite);
    Path list = cache.path("apt-" + suite).resolve("sources.list");
    try {
      Files.writeString(list, "deb " + server() + " " + suite + " main\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> onlyThisList =
        List.of("-o", "Dir::Etc::SourceList=" + list, "-o", "Dir::Etc::SourceParts=/dev/null");
    return new DebianSuite(suite, DebianPackage.concat(state, onlyThisList));
  }

  /** Downloads a package with all dependencies, as if nothing were installed. */
  void downloadWithDependencies(String name, Path work) {
    Path status = work.resolve("status");
    try {
      Files.writeString(status, "");
      Files.createDirectories(work.resolve("partial"));
      DebianPackage.aptGet(work, DebianPackage.concat(options, List.of("update")));
      List<String> nothingInstalled = List.of("-o", "Dir::State::status=" + status);
      DebianPackage.aptGet(
          work,
          DebianPackage.concat(
              options, DebianPackage.concat(nothingInstalled, downloadOnly(work, name))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The arguments that download a package and the dependencies that are not installed. */
  static List<String> downloadOnly(Path work, String name) {
    return List.of(
        "-o",
        "Dir::Cache::Archives=" + work,
        // Only root can take its lock.
        "-o",
        "Debug::NoLocking=true",
        "--no-install-recommends",
        "--download-only",
        "--yes",
        "install",
        name);
  }

  void download(String name, Path work) {
    try {
      DebianPackage.aptGet(work, DebianPackage.concat(options, List.of("update")));
      DebianPackage.aptGet(work, DebianPackage.concat(options, List.of("download", name)));
    } catch (ServerException e) {
      throw new ServerException(
          "Could not fetch the package " + name + " of " + suite + " with apt-get", e);
    }
  }

  /** The first package server that apt is configured with, which is the distribution's. */
  private static String server() {
    String targets =
        new Command(
                Path.of("/"),
                List.of(
                    "apt-get",
                    "indextargets",
                    "--format",
                    "$(COMPONENT) $(REPO_URI)",
                    "Created-By: Packages"))
            .run();
    return targets
        .lines()
        .filter(line -> line.startsWith("main "))
        .map(line -> line.substring("main ".length()))
        .findFirst()
        .orElseThrow(
            () ->
                new ServerException("Expected apt to know a server of main packages: " + targets));
  }
}
