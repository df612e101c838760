package io.binlogbroker.testkit.files;

import io.binlogbroker.testkit.process.Folders;
import io.binlogbroker.testkit.process.ServerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folder of downloaded servers and prepared data: {@code $BINLOGBROKER_CACHE}, or {@code
 * ~/.cache/binlogbroker}. Entries are created once, atomically, and shared by the JVMs of a
 * machine. Deleting the folder is safe while no test runs.
 */
public final class CacheFolder {
  /** Creates the contents of an entry in an empty folder. */
  public interface Filler {
    void fill(Path folder) throws IOException;
  }

  // Long enough to download a server of 550 MB over a slow connection.
  private static final Duration LOCK_LIMIT = Duration.ofMinutes(30);
  private static final long LOCK_PAUSE_MILLIS = 100;

  private final Path root;

  public CacheFolder(Path root) {
    this.root = root.toAbsolutePath();
  }

  /** The folder in the environment variable, or the default. */
  public static CacheFolder ofUser() {
    return new CacheFolder(locate(System.getenv(), System.getProperty("user.home")));
  }

  static Path locate(Map<String, String> environment, String home) {
    @Nullable String named = environment.get("BINLOGBROKER_CACHE");
    if (named != null && !named.isBlank()) {
      return Path.of(named);
    }
    return Path.of(home, ".cache", "binlogbroker");
  }

  /** Where an entry is or will be. */
  public Path path(String name) {
    return root.resolve(name);
  }

  /** Returns the entry's folder; creates it first if it does not exist. */
  public Path entry(String name, Filler filler) {
    Path entry = path(name);
    if (Files.isDirectory(entry)) {
      return entry;
    }
    try {
      Files.createDirectories(entry.getParent());
      fillLocked(entry, filler);
      return entry;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Could not fill "
              + entry
              + ": check free space and permissions, or name another folder in"
              + " BINLOGBROKER_CACHE",
          e);
    }
  }

  private void fillLocked(Path entry, Filler filler) throws IOException {
    Path lockFile = entry.resolveSibling(entry.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel, lockFile)) {
      if (Files.isDirectory(entry)) {
        return;
      }
      Path partial = entry.resolveSibling(entry.getFileName() + ".partial");
      Folders.delete(partial);
      Files.createDirectories(partial);
      try {
        filler.fill(partial);
        Files.move(partial, entry, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Folders.delete(partial);
      }
    }
  }

  private static FileLock lock(FileChannel channel, Path file) throws IOException {
    long deadline = System.nanoTime() + LOCK_LIMIT.toNanos();
    while (System.nanoTime() - deadline < 0) {
      @Nullable FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      pause();
    }
    throw new ServerException(
        "Expected the lock " + file + " within " + LOCK_LIMIT + ": another JVM still has it");
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this JVM has it.
      return null;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOCK_PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException("Interrupted while waiting for a lock", e);
    }
  }
}
