package io.binlogbroker.broker.file;

import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.broker.ha.MasterJson;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A lock that only one process of a group on this host can hold. The operating system releases it
 * when the process ends for any reason.
 */
public final class FileGroupLock implements AutoCloseable {
  // Static, because POSIX locks belong to the process: closing any channel of a locked file
  // releases its lock, so a second one must never be opened. The holder's description is kept here
  // for the same reason.
  private static final Map<Path, String> HELD = new ConcurrentHashMap<>();

  private final Path file;
  private final FileChannel channel;

  private FileGroupLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * @throws DeliveryException fatal with {@link FailureKind#FENCED} when another process or group
   *     object holds it
   */
  public static FileGroupLock acquire(Path stateDir, String group) {
    FileGroupLock lock = tryAcquire(stateDir, group);
    if (lock == null) {
      throw held(group, resolved(stateDir, group));
    }
    return lock;
  }

  /** As {@link #acquire}, but null when another process or group object holds it. */
  static @Nullable FileGroupLock tryAcquire(Path stateDir, String group) {
    StateFile.createFolder(stateDir);
    Path file = resolved(stateDir, group);
    if (HELD.putIfAbsent(file, "") != null) {
      return null;
    }
    FileGroupLock lock = null;
    try {
      lock = locked(file);
      return lock;
    } catch (IOException e) {
      throw StateFile.unusable(file, "be locked", e);
    } finally {
      if (lock == null) {
        HELD.remove(file);
      }
    }
  }

  /** Whether it was ever held: its file remains afterwards. */
  static boolean exists(Path stateDir, String group) {
    return Files.exists(StateFile.of(stateDir, group, ".lock"));
  }

  /** The holder's description; null if it has none, or nobody holds the lock. */
  static @Nullable String heldBy(Path stateDir, String group) {
    return heldBy(resolved(stateDir, group));
  }

  private static @Nullable String heldBy(Path file) {
    try {
      String owned = HELD.get(file);
      String text = owned == null ? Files.readString(file).strip() : owned;
      return text.isEmpty() ? null : text;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw StateFile.unusable(file, "be read", e);
    }
  }

  /** Writes a description of the holder for other processes. */
  void describe(String text) {
    HELD.put(file, text);
    try {
      byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
      // Never empty in between: that would look like a free lock.
      channel.write(ByteBuffer.wrap(bytes), 0);
      channel.truncate(bytes.length);
    } catch (IOException e) {
      throw StateFile.unusable(file, "be written", e);
    }
  }

  /** Releases it; the empty file remains, because deleting it would race with the next holder. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    // An interrupted thread cannot write to a channel, but that must not look like a disk error.
    boolean interrupted = Thread.interrupted();
    try (channel) {
      channel.truncate(0);
    } catch (IOException e) {
      throw StateFile.unusable(file, "be freed", e);
    } finally {
      HELD.remove(file);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }

  private static Path resolved(Path stateDir, String group) {
    Path file = StateFile.of(stateDir, group, ".lock");
    try {
      return stateDir.toRealPath().resolve(file.getFileName());
    } catch (IOException e) {
      throw StateFile.unusable(stateDir, "be read", e);
    }
  }

  private static @Nullable FileGroupLock locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
      return lock == null ? null : new FileGroupLock(file, channel);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
  }

  private static DeliveryException held(String group, Path file) {
    return DeliveryException.fatal(
        FailureKind.FENCED,
        "The group \""
            + group
            + "\" is served by "
            + holder(file)
            + ", which holds "
            + file
            + ": stop it first, or give this one another group or \"StateDir\"");
  }

  private static String holder(Path file) {
    if (HELD.containsKey(file)) {
      return "this same process";
    }
    String description = heldBy(file);
    Master master = description == null ? null : MasterJson.read(description);
    return master == null ? "another process" : "process " + master.pid();
  }
}
