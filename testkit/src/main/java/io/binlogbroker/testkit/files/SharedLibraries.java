package io.binlogbroker.testkit.files;

import io.binlogbroker.testkit.process.Command;
import io.binlogbroker.testkit.process.ServerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Provides shared libraries that a server requires and this machine does not have, from Debian
 * packages.
 */
public final class SharedLibraries {
  // Newer releases renamed some packages for 64-bit time; the first name that exists is used.
  private static final Map<String, List<String>> PACKAGES =
      Map.of(
          "libaio.so.1", List.of("libaio1", "libaio1t64"),
          "libnuma.so.1", List.of("libnuma1"),
          "libcrypt.so.1", List.of("libcrypt1"),
          "liburing.so.2", List.of("liburing2"),
          "libpcre2-8.so.0", List.of("libpcre2-8-0"),
          "libsystemd.so.0", List.of("libsystemd0"),
          "libtinfo.so.6", List.of("libtinfo6"),
          "libncurses.so.6", List.of("libncurses6"));

  private final CacheFolder cache;

  public SharedLibraries(CacheFolder cache) {
    this.cache = cache;
  }

  /** Returns the environment in which {@code program} finds all its libraries. */
  public Map<String, String> environmentOf(Path program) {
    String listed =
        new Command(Path.of("/"), List.of("ldd", program.toString()))
            .environment(Map.of("LC_ALL", "C"))
            .run();
    Set<String> folders = new LinkedHashSet<>();
    for (String library : missing(listed)) {
      folders.add(folderOf(library).toString());
    }
    @Nullable String inherited = System.getenv("LD_LIBRARY_PATH");
    if (inherited != null && !inherited.isBlank()) {
      folders.add(inherited);
    }
    return folders.isEmpty() ? Map.of() : Map.of("LD_LIBRARY_PATH", String.join(":", folders));
  }

  /** The names that {@code ldd} could not find. */
  static List<String> missing(String listed) {
    return listed
        .lines()
        .filter(line -> line.contains("=> not found"))
        .map(line -> line.strip().split("\\s", 2)[0])
        .collect(Collectors.toList());
  }

  private Path folderOf(String library) {
    @Nullable List<String> packages = PACKAGES.get(library);
    if (packages == null) {
      throw new ServerException(
          "Expected the shared library " + library + " on this machine: install its package");
    }
    Path root = DebianPackage.fetch(cache, packages.toArray(String[]::new));
    try {
      return folderWith(root, library);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the folder below {@code root} that has the library, also with its old name: Trixie's
   * libaio is named {@code libaio.so.1t64}, but programs built earlier require {@code libaio.so.1}.
   */
  static Path folderWith(Path root, String library) throws IOException {
    Path found = find(root, library);
    Path plain = found.resolveSibling(library);
    if (!Files.exists(plain)) {
      Files.createSymbolicLink(plain, found.getFileName());
    }
    return Objects.requireNonNull(plain.getParent());
  }

  private static Path find(Path root, String library) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(library))
          // The shortest name is the soname itself, if it exists.
          .min((a, b) -> Integer.compare(a.toString().length(), b.toString().length()))
          .orElseThrow(() -> new ServerException("Expected " + library + " below " + root));
    }
  }
}
