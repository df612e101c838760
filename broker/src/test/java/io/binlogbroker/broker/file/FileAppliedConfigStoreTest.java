package io.binlogbroker.broker.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.broker.ha.AppliedConfigStore;
import io.binlogbroker.broker.ha.AppliedConfigStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAppliedConfigStoreTest extends AppliedConfigStoreContract {
  @TempDir private Path folder;

  @Override
  protected AppliedConfigStore store(String group) {
    return new FileAppliedConfigStore(folder, group, Clock.systemUTC());
  }

  @Override
  protected void damage(String text) {
    try {
      Files.writeString(file(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void onlyTheOwnerCanReadIt() throws IOException {
    Files.writeString(folder.resolve("db_mall.applied.json.tmp"), "left by a crash");

    store("db_mall").save(new AppliedConfig(1, "{}", "d", List.of()));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  private Path file() {
    return folder.resolve("db_mall.applied.json");
  }
}
