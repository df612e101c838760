package io.binlogbroker.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Copies what the launcher and the Java runtime need of this machine's Debian: a few programs, the
 * shared libraries of these and of the runtime, the UTF-8 locale, and the licences of all that.
 */
final class SystemFiles {
  /** What the launcher runs, and what one looks around with. */
  private static final List<String> PROGRAMS =
      List.of("bash", "cat", "dirname", "env", "locale", "ls", "readlink");

  // "libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x...)", and the loader without an arrow.
  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x[0-9a-f]+\\)");

  private final Path target;
  private final Path runtime;
  private final Set<Path> sources = new TreeSet<>();

  SystemFiles(Path target, Path runtime) {
    this.target = target;
    this.runtime = runtime;
  }

  void copy() throws IOException, InterruptedException {
    List<Path> binaries = new ArrayList<>();
    for (String program : PROGRAMS) {
      binaries.add(copy(Path.of("/usr/bin", program), "usr/bin/" + program));
    }
    // The shell that the JVM runs its OnOutOfMemoryError command with.
    binaries.add(copy(Path.of("/bin/dash"), "bin/sh"));
    binaries.addAll(binariesOfTheRuntime());
    for (Path library : libraries(binaries)) {
      copy(library, library.toString().substring(1));
    }
    copyLocale();
    writeUsers();
    copyLicences();
  }

  private List<Path> binariesOfTheRuntime() throws IOException {
    try (Stream<Path> files = Files.walk(runtime)) {
      return files
          .filter(file -> file.toString().endsWith(".so") || file.endsWith("bin/java"))
          .sorted()
          .toList();
    }
  }

  private Set<Path> libraries(List<Path> binaries) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("ldd"));
    binaries.forEach(binary -> line.add(binary.toString()));
    Matcher matcher = LIBRARY.matcher(ProgramRun.output(line));
    Set<Path> found = new TreeSet<>();
    while (matcher.find()) {
      Path library = Path.of(matcher.group(1));
      if (!library.normalize().startsWith(runtime)) {
        found.add(library);
      }
    }
    return found;
  }

  private Path copy(Path source, String name) throws IOException {
    Path real = source.toRealPath();
    Path copied = target.resolve(name);
    Files.createDirectories(copied.resolve("..").normalize());
    Files.copy(real, copied);
    sources.add(real);
    return copied;
  }

  private void copyLocale() throws IOException {
    Path locale = Path.of("/usr/lib/locale/C.utf8");
    try (Stream<Path> files = Files.walk(locale)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        copy(file, file.toString().substring(1));
      }
    }
  }

  private void writeUsers() throws IOException {
    Path etc = Files.createDirectories(target.resolve("etc"));
    Files.writeString(
        etc.resolve("passwd"),
        """
        root:x:0:0:root:/root:/sbin/nologin
        binlogbroker:x:%1$d:%1$d:binlogbroker:/var/lib/binlogbroker:/sbin/nologin
        """
            .formatted(OciImage.USER));
    Files.writeString(
        etc.resolve("group"), "root:x:0:\nbinlogbroker:x:%d:\n".formatted(OciImage.USER));
    Files.writeString(etc.resolve("nsswitch.conf"), "hosts: files dns\n");
  }

  /** The licences of the packages that the files are from, and a list of the packages. */
  private void copyLicences() throws IOException, InterruptedException {
    Map<String, String> versions = new TreeMap<>();
    for (Path source : sources) {
      String name = owner(source);
      String version = ProgramRun.output(List.of("dpkg-query", "-W", "-f", "${Version}\n", name));
      if (versions.put(name, version.lines().findFirst().orElse("")) == null) {
        String folder = "usr/share/doc/" + name + "/copyright";
        Path licence = target.resolve(folder);
        Files.createDirectories(licence.resolve("..").normalize());
        Files.copy(Path.of("/" + folder).toRealPath(), licence);
      }
    }
    StringBuilder list = new StringBuilder();
    versions.forEach((name, version) -> list.append(name).append(' ').append(version).append('\n'));
    Path file = target.resolve("usr/share/doc/binlogbroker/debian-packages.txt");
    Files.createDirectories(file.resolve("..").normalize());
    Files.writeString(file, list);
  }

  /** The package of a file, which dpkg may know below /usr or, in older releases, without it. */
  private static String owner(Path source) throws IOException, InterruptedException {
    String path = source.toString();
    List<String> candidates =
        path.startsWith("/usr/") ? List.of(path.substring("/usr".length()), path) : List.of(path);
    IOException last = new IOException("no path");
    for (String candidate : candidates) {
      if (!Files.exists(Path.of(candidate), LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try {
        String found = ProgramRun.output(List.of("dpkg-query", "-S", candidate));
        return found.substring(0, found.indexOf(':'));
      } catch (IOException notThere) {
        last = notThere;
      }
    }
    throw new IOException("Expected a Debian package that owns " + source, last);
  }
}
