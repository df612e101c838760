package io.binlogbroker.testkit.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedLibrariesTest {
  @TempDir private Path root;

  @Test
  void readsTheMissingLibrariesFromLdd() {
    String listed =
        """
        \tlibpthread.so.0 => /lib/x86_64-linux-gnu/libpthread.so.0 (0x00007ff7f0e24000)
        \tlibaio.so.1 => not found
        \tlibnuma.so.1 => not found
        """;

    assertThat(SharedLibraries.missing(listed)).containsExactly("libaio.so.1", "libnuma.so.1");
  }

  @Test
  void returnsTheFolderOfTheLibrary() throws IOException {
    Path folder = Files.createDirectories(root.resolve("usr/lib"));
    Files.writeString(folder.resolve("libaio.so.1.0.2"), "");
    Files.createSymbolicLink(folder.resolve("libaio.so.1"), Path.of("libaio.so.1.0.2"));

    assertThat(SharedLibraries.folderWith(root, "libaio.so.1")).isEqualTo(folder);
  }

  @Test
  void linksALibraryOfANewerReleaseToItsOldName() throws IOException {
    Path folder = Files.createDirectories(root.resolve("usr/lib"));
    Files.writeString(folder.resolve("libaio.so.1t64.0.2"), "");
    Files.createSymbolicLink(folder.resolve("libaio.so.1t64"), Path.of("libaio.so.1t64.0.2"));

    Path found = SharedLibraries.folderWith(root, "libaio.so.1");

    assertThat(found.resolve("libaio.so.1")).isSymbolicLink().exists();
  }
}
