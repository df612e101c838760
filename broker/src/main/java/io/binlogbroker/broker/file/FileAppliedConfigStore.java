package io.binlogbroker.broker.file;

import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.broker.ha.AppliedConfigJson;
import io.binlogbroker.broker.ha.AppliedConfigStore;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Stores the active configuration in one JSON file that only its owner may read, replaced
 * atomically. One thread at a time; a writer must hold the group's {@link FileGroupLock}.
 */
final class FileAppliedConfigStore implements AppliedConfigStore {
  private final Path file;
  private final Clock clock;

  FileAppliedConfigStore(Path stateDir, String group, Clock clock) {
    this.file = StateFile.of(stateDir, group, ".applied.json");
    this.clock = clock;
  }

  @Override
  public @Nullable AppliedConfig load() {
    try {
      return AppliedConfigJson.read(Files.readAllBytes(file), file.toString());
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw StateFile.unusable(file, "be read", e);
    }
  }

  @Override
  public void save(AppliedConfig applied) {
    try {
      DurableFile.replacePrivate(file, AppliedConfigJson.write(applied, clock.instant()));
    } catch (IOException e) {
      throw DeliveryException.retriable(
          FailureKind.CONFIGURATION,
          file + " cannot be written (" + e + "): check the disk space and the file permissions",
          e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
