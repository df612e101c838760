package io.binlogbroker.broker.file;

import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.broker.ha.Served;
import io.binlogbroker.broker.ha.ServedJson;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.PositionJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Stores a group's position in one JSON file, replaced atomically. One thread at a time; a writer
 * must hold the group's {@link FileGroupLock}.
 */
public final class FilePositionStore implements PositionStore {
  private final Path file;
  private final Path unfinished;
  private final Path servedFile;
  private final Clock clock;
  // The file's content when this store last read or wrote it; null for no file.
  private byte @Nullable [] known;

  public FilePositionStore(Path stateDir, String group, Clock clock) {
    this.file = StateFile.of(stateDir, group, ".position.json");
    this.unfinished = StateFile.of(stateDir, group, ".position.json.tmp");
    this.servedFile = StateFile.of(stateDir, group, ".served.json");
    this.clock = clock;
  }

  @Override
  public @Nullable Position load() {
    known = content();
    return known == null ? null : PositionJson.read(known, file.toString());
  }

  @Override
  public boolean save(Position position) {
    if (!Arrays.equals(known, content())) {
      return false;
    }
    byte[] json = PositionJson.write(position, clock.instant());
    try {
      DurableFile.replace(file, json);
    } catch (IOException e) {
      throw notSaved(file, e);
    }
    known = json;
    return true;
  }

  @Override
  public void delete() {
    try {
      Files.deleteIfExists(unfinished);
      if (Files.deleteIfExists(file)) {
        DurableFile.forceDirectory(file);
      }
    } catch (IOException e) {
      throw notSaved(file, e);
    }
    known = null;
  }

  @Override
  public @Nullable Served served() {
    byte[] bytes = content(servedFile);
    return bytes == null ? null : ServedJson.read(bytes, servedFile.toString());
  }

  @Override
  public void saveServed(Served served) {
    try {
      DurableFile.replace(servedFile, ServedJson.write(served));
    } catch (IOException e) {
      throw notSaved(servedFile, e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }

  private byte @Nullable [] content() {
    return content(file);
  }

  private static byte @Nullable [] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw StateFile.unusable(file, "be read", e);
    }
  }

  private static DeliveryException notSaved(Path file, IOException cause) {
    return DeliveryException.retriable(
        FailureKind.CONFIGURATION,
        file + " cannot be written (" + cause + "): check the disk space and the file permissions",
        cause);
  }
}
