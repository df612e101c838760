package io.binlogbroker.testkit.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class DebianPackageIT {
  @TempDir private Path root;

  @Test
  void extractsALibraryWithThisReleasesPackageName() throws IOException {
    Path files = DebianPackage.fetch(new CacheFolder(root), "libaio1", "libaio1t64");

    assertThat(SharedLibraries.folderWith(files, "libaio.so.1").resolve("libaio.so.1")).exists();
  }
}
