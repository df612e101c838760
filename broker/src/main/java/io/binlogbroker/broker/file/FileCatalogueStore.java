package io.binlogbroker.broker.file;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.schema.catalogue.CatalogueStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores a group's catalogue in a folder of small JSON files, each replaced atomically. One thread
 * at a time; a writer must hold the group's {@link FileGroupLock}.
 */
public final class FileCatalogueStore implements CatalogueStore {
  private static final String ENDING = ".json";

  private final Path folder;

  public FileCatalogueStore(Path stateDir, String group) {
    this.folder = StateFile.of(stateDir, group, ".catalogue");
  }

  @Override
  public byte @Nullable [] read(String key) {
    Path file = file(key);
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw StateFile.unusable(file, "be read", e);
    }
  }

  @Override
  public List<String> keys(String prefix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix) && name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw StateFile.unusable(folder, "be listed", e);
    }
  }

  /** File by file: after a crash, missing entries are read from the log again. */
  @Override
  public void write(Map<String, byte[]> entries) {
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        DurableFile.replace(file(entry.getKey()), entry.getValue());
      }
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  @Override
  public void remove(List<String> keys) {
    try {
      for (String key : keys) {
        Files.deleteIfExists(file(key));
      }
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  private Path file(String key) {
    return folder.resolve(key + ENDING);
  }

  private DeliveryException notWritten(IOException cause) {
    return DeliveryException.retriable(
        FailureKind.CONFIGURATION,
        folder
            + " cannot be written ("
            + cause
            + "): check the disk space and the file permissions",
        cause);
  }
}
