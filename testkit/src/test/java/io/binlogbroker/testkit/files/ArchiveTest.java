package io.binlogbroker.testkit.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.testkit.process.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  @TempDir private Path work;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectories(work.resolve("unpacked"));
  }

  @Test
  void programsOfAZipBecomeExecutable() throws IOException {
    Path zip = zip("linux/bin/mysqld", "linux/share/errmsg.sys");

    Archive.unzip(zip, "linux/", name -> true, folder);

    assertThat(folder.resolve("bin/mysqld")).isExecutable().hasContent("linux/bin/mysqld");
    assertThat(folder.resolve("share/errmsg.sys")).isRegularFile();
    assertThat(Files.isExecutable(folder.resolve("share/errmsg.sys"))).isFalse();
  }

  @Test
  void omitsUnselectedFilesAndOtherFolders() throws IOException {
    Path zip = zip("linux/bin/mysqld", "linux/lib/big.a", "mac/bin/mysqld");

    Archive.unzip(zip, "linux/", name -> !name.endsWith(".a"), folder);

    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(folder.resolve("bin/mysqld"));
    }
  }

  @Test
  void rejectsANameOutsideTheFolder() throws IOException {
    Path zip = zip("../outside");

    assertThatThrownBy(() -> Archive.unzip(zip, "", name -> true, folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("../outside");
    assertThat(work.resolve("outside")).doesNotExist();
  }

  @Test
  void tarKeepsPermissionsAndLinks() throws IOException {
    Path source = Files.createDirectories(work.resolve("source"));
    Path program = Files.writeString(source.resolve("program"), "#!/bin/sh\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(source.resolve("link"), Path.of("program"));
    Path tar = work.resolve("all.tar.gz");
    new Command(source, List.of("tar", "-czf", tar.toString(), "program", "link")).run();

    Archive.untar(tar, folder);

    assertThat(folder.resolve("program")).isExecutable();
    assertThat(folder.resolve("link")).isSymbolicLink();
  }

  private Path zip(String... names) throws IOException {
    Path zip = work.resolve("all.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : names) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.getBytes(StandardCharsets.US_ASCII));
      }
    }
    return zip;
  }
}
