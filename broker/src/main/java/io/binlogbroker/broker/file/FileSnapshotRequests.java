package io.binlogbroker.broker.file;

import io.binlogbroker.broker.ha.SnapshotRequests;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.snapshot.SnapshotRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores each request in a JSON file of its own, in a folder of the group. One thread at a time.
 */
public final class FileSnapshotRequests implements SnapshotRequests {
  private static final Logger log = LoggerFactory.getLogger(FileSnapshotRequests.class);
  private static final String ENDING = ".json";

  private final Path folder;

  public FileSnapshotRequests(Path stateDir, String group) {
    this.folder = StateFile.of(stateDir, group, ".snapshots");
  }

  @Override
  public List<SnapshotRequest> pending() {
    List<SnapshotRequest> requests = new ArrayList<>();
    for (Path file : files()) {
      byte[] json = content(file);
      if (json != null) {
        read(file, json, requests);
      }
    }
    return requests;
  }

  /** Null if another process has removed the file. */
  private byte @Nullable [] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw unusable("be read", e);
    }
  }

  private void read(Path file, byte[] json, List<SnapshotRequest> requests) {
    try {
      SnapshotRequest request = SnapshotRequest.of(json);
      if (!file(request.id()).equals(file)) {
        throw new IOException("its id is " + request.id());
      }
      requests.add(request);
    } catch (IOException e) {
      log.error("{} is not a request for a snapshot and is removed: {}", file, e.getMessage());
      delete(file);
    }
  }

  private List<Path> files() {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().endsWith(ENDING)).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw unusable("be read", e);
    }
  }

  @Override
  public void add(SnapshotRequest request) {
    try {
      DurableFile.replace(file(request.id()), request.toJson());
    } catch (IOException e) {
      throw unusable("be written", e);
    }
  }

  @Override
  public void remove(String id) {
    delete(file(id));
  }

  private Path file(String id) {
    return folder.resolve(id + ENDING);
  }

  private void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw unusable("be changed", e);
    }
  }

  private DeliveryException unusable(String what, IOException cause) {
    return DeliveryException.retriable(
        FailureKind.CONFIGURATION,
        folder + " cannot " + what + " (" + cause + "): check the permissions and the disk space",
        cause);
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
