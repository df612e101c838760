package io.binlogbroker.testkit;

import io.binlogbroker.testkit.files.CacheFolder;
import io.binlogbroker.testkit.files.DebianPackage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A server of a Debian release that may be newer than this machine's, with its own libraries and
 * dynamic loader.
 */
record DebianServerWithLibraries(String suite, String name, String program, String share)
    implements ServerFiles {
  @Override
  public Path home(CacheFolder cache) {
    return DebianPackage.fetchWithLibraries(suite, cache, name);
  }

  @Override
  public boolean isFetched(CacheFolder cache) {
    return DebianPackage.isFetchedWithLibraries(suite, cache, name);
  }

  @Override
  public Path program(Path home) {
    return home.resolve(program);
  }

  @Override
  public List<String> command(Path home) {
    Path libraries = home.resolve("usr/lib/x86_64-linux-gnu");
    return List.of(
        libraries.resolve("ld-linux-x86-64.so.2").toString(),
        "--library-path",
        libraries + ":" + home.resolve("usr/lib/mysql/private"),
        program(home).toString());
  }

  @Override
  public Map<String, String> environment(Path home, CacheFolder cache) {
    return Map.of();
  }

  @Override
  public Path share(Path home) {
    return home.resolve(share);
  }
}
