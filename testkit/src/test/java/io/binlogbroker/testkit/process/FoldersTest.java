package io.binlogbroker.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @TempDir private Path work;

  @Test
  void copyKeepsPermissionsAndLinks() throws IOException {
    Path from = Files.createDirectories(work.resolve("from/deep"));
    Path key = Files.writeString(from.resolve("key.pem"), "secret");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Files.createSymbolicLink(from.resolve("link"), Path.of("key.pem"));

    Folders.copy(work.resolve("from"), work.resolve("to"));

    Path copy = work.resolve("to/deep");
    assertThat(Files.getPosixFilePermissions(copy.resolve("key.pem")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(copy.resolve("link")).isSymbolicLink().hasContent("secret");
  }

  @Test
  void deleteRemovesALinkButNotItsTarget() throws IOException {
    Path kept = Files.writeString(work.resolve("kept"), "");
    Path folder = Files.createDirectories(work.resolve("folder"));
    Files.createSymbolicLink(folder.resolve("link"), kept);

    Folders.delete(folder);

    assertThat(folder).doesNotExist();
    assertThat(kept).exists();
  }
}
