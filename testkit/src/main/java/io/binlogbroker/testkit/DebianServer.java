package io.binlogbroker.testkit;

import io.binlogbroker.testkit.files.CacheFolder;
import io.binlogbroker.testkit.files.DebianPackage;
import java.nio.file.Path;

/** A server from a package of a Debian release. */
record DebianServer(String suite, String name, String program, String share)
    implements ServerFiles {
  @Override
  public Path home(CacheFolder cache) {
    return DebianPackage.fetchOf(suite, cache, name);
  }

  @Override
  public boolean isFetched(CacheFolder cache) {
    return DebianPackage.isFetchedOf(suite, cache, name);
  }

  @Override
  public Path program(Path home) {
    return home.resolve(program);
  }

  @Override
  public Path share(Path home) {
    return home.resolve(share);
  }
}
