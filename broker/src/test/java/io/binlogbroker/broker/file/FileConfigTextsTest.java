package io.binlogbroker.broker.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.config.watch.ConfigTexts;
import io.binlogbroker.broker.config.watch.ConfigTextsContract;
import io.binlogbroker.engine.model.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileConfigTextsTest extends ConfigTextsContract {
  @TempDir Path folder;

  @Override
  protected ConfigTexts texts() {
    return new FileConfigTexts(file());
  }

  @Override
  protected void write(String source) {
    try {
      Files.writeString(file(), source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void keepsTheFilesPermissionsAndLeavesNoTemporaryFile() throws IOException {
    write("{}");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));

    replace(texts(), "{ }");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-r-----");
    assertThat(Files.list(folder)).containsExactly(file());
  }

  @Test
  void replacesTheTargetOfALink() throws IOException {
    write("{}");
    Path link = Files.createSymbolicLink(folder.resolve("link.json"), file().getFileName());

    replace(new FileConfigTexts(link), "{ }");

    assertThat(link).isSymbolicLink();
    assertThat(file()).hasContent("{ }");
  }

  @Test
  void namesAMissingFile() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> texts().source())
        .withMessageContaining("conf.json")
        .withMessageContaining("file not found");
  }

  private static void replace(ConfigTexts texts, String text) {
    assertThat(texts.putSource(text, texts.source().revision())).isTrue();
  }

  private Path file() {
    return folder.resolve("conf.json");
  }
}
