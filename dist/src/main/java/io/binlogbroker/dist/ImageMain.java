package io.binlogbroker.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Builds the OCI image as a tar, without a container engine: layers for Debian, Java, program. */
final class ImageMain {
  private ImageMain() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 4) {
      throw new IllegalArgumentException(
          "Usage: ImageMain UNPACKED-DISTRIBUTION OUTPUT.tar VERSION CREATION-TIME");
    }
    Path distribution = Path.of(arguments[0]).toRealPath();
    Path tar = Path.of(arguments[1]).toAbsolutePath();
    Path work = tar.resolveSibling("image");
    delete(work);
    Path system = Files.createDirectories(work.resolve("system"));
    Path java = Files.createDirectories(work.resolve("java/opt")).resolve("java");
    Path program = work.resolve("program");
    JavaRuntime.make(java);
    new SystemFiles(system, java).copy();
    copy(distribution, program.resolve("usr/lib/binlogbroker"));
    String digest =
        new OciImage(arguments[2], Instant.parse(arguments[3]))
            .write(List.of(system, work.resolve("java"), program), work.resolve("cache"), tar);
    System.out.println(tar + " " + digest);
  }

  private static void copy(Path distribution, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(distribution)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path relative = distribution.relativize(file);
        if (relative.startsWith("bin") || relative.startsWith("lib")) {
          Path copied = target.resolve(relative.toString());
          Files.createDirectories(copied.resolve("..").normalize());
          Files.copy(file, copied);
          if (relative.startsWith("bin") && !copied.toFile().setExecutable(true, false)) {
            throw new IOException("Expected to be able to make " + copied + " executable");
          }
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
