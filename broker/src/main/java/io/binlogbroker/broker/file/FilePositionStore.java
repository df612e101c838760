package io.binlogbroker.broker.file;

import io.binlogbroker.broker.relay.ExitCode;
import io.binlogbroker.broker.relay.Position;
import io.binlogbroker.broker.relay.PositionJson;
import io.binlogbroker.broker.relay.PositionStore;
import io.binlogbroker.broker.relay.RelayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a group's position in one JSON file that is replaced whole. One thread at a time; whoever
 * saves or deletes holds the group's {@link FileGroupLock}.
 */
public final class FilePositionStore implements PositionStore {
  private final Path file;
  private final Path unfinished;
  private final Clock clock;

  public FilePositionStore(Path stateDir, String group, Clock clock) {
    this.file = StateFile.of(stateDir, group, ".position.json");
    this.unfinished = StateFile.of(stateDir, group, ".position.json.tmp");
    this.clock = clock;
  }

  @Override
  public @Nullable Position load() {
    try {
      return PositionJson.read(Files.readAllBytes(file), file.toString());
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw StateFile.unusable(file, "be read", e);
    }
  }

  @Override
  public void save(Position position) {
    try {
      write(PositionJson.write(position, clock.instant()));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      forceDirectory();
    } catch (IOException e) {
      throw notSaved(e);
    }
  }

  @Override
  public void delete() {
    try {
      Files.deleteIfExists(unfinished);
      Files.deleteIfExists(file);
      forceDirectory();
    } catch (IOException e) {
      throw notSaved(e);
    }
  }

  /** Overwrites what a crash may have left there. */
  private void write(byte[] json) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(json);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** A rename outlives a power cut only when the directory itself has been written. */
  private void forceDirectory() throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IOException(file + " lies in no directory");
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private RelayException notSaved(IOException cause) {
    return RelayException.passing(
        ExitCode.CONFIG,
        file + " cannot be written (" + cause + "): look at the disk's space and at the rights",
        cause);
  }
}
