package io.binlogbroker.testkit.files;

import io.binlogbroker.testkit.process.Command;
import io.binlogbroker.testkit.process.Folders;
import io.binlogbroker.testkit.process.ServerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Extracts packages of this machine's Debian or Ubuntu release, or of another one, into the cache,
 * without installing them and without root. apt's sources, mirrors and proxies apply.
 */
public final class DebianPackage {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private DebianPackage() {}

  /**
   * Returns the folder with the package's files as below {@code /}; downloads it once. For a
   * package whose name differs between releases, pass all names: the first that exists is used.
   */
  public static Path fetch(CacheFolder cache, String... names) {
    return cache.entry(
        "debian/" + names[0],
        folder -> unpack(folder, work -> download(cache, List.of(names), work)));
  }

  /** As {@link #fetch}, from the release {@code suite} of this machine's distribution. */
  public static Path fetchOf(String suite, CacheFolder cache, String name) {
    return cache.entry(
        entryOf(suite, name),
        folder -> unpack(folder, work -> DebianSuite.of(suite, cache).download(name, work)));
  }

  public static boolean isFetchedOf(String suite, CacheFolder cache, String name) {
    return Files.isDirectory(cache.path(entryOf(suite, name)));
  }

  /**
   * As {@link #fetchOf}, with all dependencies including the C library, for programs of a release
   * newer than this machine's.
   */
  public static Path fetchWithLibraries(String suite, CacheFolder cache, String name) {
    return cache.entry(
        entryWithLibraries(suite, name),
        folder ->
            unpack(
                folder, work -> DebianSuite.of(suite, cache).downloadWithDependencies(name, work)));
  }

  public static boolean isFetchedWithLibraries(String suite, CacheFolder cache, String name) {
    return Files.isDirectory(cache.path(entryWithLibraries(suite, name)));
  }

  /**
   * As {@link #fetch}, with those dependencies that are not installed on this machine, for programs
   * of this machine's release.
   */
  public static Path fetchWithMissingLibraries(CacheFolder cache, String name) {
    return cache.entry(
        "debian/" + name + "-with-missing-libraries",
        folder -> unpack(folder, work -> downloadWithMissing(cache, name, work)));
  }

  private static void downloadWithMissing(CacheFolder cache, String name, Path work) {
    List<String> options = ownState(cache);
    try {
      Files.createDirectories(work.resolve("partial"));
      aptGet(work, concat(options, List.of("update")));
      aptGet(work, concat(options, DebianSuite.downloadOnly(work, name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ServerException e) {
      throw new ServerException(
          "Could not fetch the Debian package %s: install it (as root: apt-get install %s) or make apt-get work for this user"
              .formatted(name, name),
          e);
    }
  }

  private static String entryWithLibraries(String suite, String name) {
    return entryOf(suite, name + "-with-libraries");
  }

  private static String entryOf(String suite, String name) {
    return "debian/" + suite + "/" + name;
  }

  private static void unpack(Path folder, Consumer<Path> download) throws IOException {
    Path work = Files.createTempDirectory("deb");
    try {
      download.accept(work);
      for (Path file : packages(work)) {
        new Command(work, List.of("dpkg-deb", "-x", file.toString(), folder.toString())).run();
      }
    } finally {
      Folders.delete(work);
    }
  }

  private static void download(CacheFolder cache, List<String> names, Path work) {
    try {
      downloadFirst(List.of(), names, work);
    } catch (ServerException withSystemLists) {
      downloadWithOwnLists(cache, names, work, withSystemLists);
    }
  }

  private static void downloadFirst(List<String> options, List<String> names, Path work) {
    @Nullable ServerException first = null;
    for (String name : names) {
      try {
        aptGet(work, concat(options, List.of("download", name)));
        return;
      } catch (ServerException e) {
        first = first == null ? e : first;
      }
    }
    throw new ServerException("None of the packages " + names + " could be fetched", first);
  }

  /** Container and cloud images often have no package lists, and only root can update them. */
  private static void downloadWithOwnLists(
      CacheFolder cache, List<String> names, Path work, ServerException withSystemLists) {
    try {
      List<String> options = ownState(cache);
      aptGet(work, concat(options, List.of("update")));
      downloadFirst(options, names, work);
    } catch (ServerException e) {
      e.addSuppressed(withSystemLists);
      throw new ServerException(
          "Could not fetch the Debian package %s: install it (as root: apt-get install %s) or make apt-get work for this user"
              .formatted(names, names.get(0)),
          e);
    }
  }

  private static List<String> ownState(CacheFolder cache) {
    return ownState(cache, "apt");
  }

  /** The options that store apt's lists in an entry of the cache. */
  static List<String> ownState(CacheFolder cache, String entry) {
    Path lists =
        cache.entry(entry, folder -> Files.createDirectories(folder.resolve("lists/partial")));
    Path archives = lists.resolve("archives/partial");
    try {
      Files.createDirectories(archives);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.of(
        "-o",
        "Dir::State=" + lists,
        "-o",
        "Dir::State::status=/var/lib/dpkg/status",
        "-o",
        "Dir::Cache=" + lists,
        // Run as root, apt would download as a user without access to this folder.
        "-o",
        "APT::Sandbox::User=root");
  }

  static void aptGet(Path work, List<String> arguments) {
    new Command(work, concat(List.of("apt-get", "-q"), arguments)).limit(LIMIT).run();
  }

  static List<String> concat(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static List<Path> packages(Path work) throws IOException {
    try (Stream<Path> files = Files.list(work)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".deb")).toList();
      if (found.isEmpty()) {
        throw new ServerException("Expected a .deb file in " + work);
      }
      return found;
    }
  }
}
