package io.binlogbroker.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A free TCP port of 127.0.0.1 that no other {@code ReservedPort} of any JVM has until {@link
 * #close}, so that a server can stop and start again on it. Thread-safe.
 */
public final class ReservedPort implements AutoCloseable {
  // Below Linux's ephemeral range, so that outgoing connections of other processes cannot take the
  // port of a server that restarts.
  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 200;
  // A JVM must open a lock file only once: closing any of its channels releases the lock.
  private static final Set<Integer> RESERVED_HERE = ConcurrentHashMap.newKeySet();

  private final int number;
  private final FileChannel lockFile;

  private ReservedPort(int number, FileChannel lockFile) {
    this.number = number;
    this.lockFile = lockFile;
  }

  /** Reserves a free port. */
  public static ReservedPort next() {
    return between(LOWEST, HIGHEST);
  }

  /** Reserves a free port of at least {@code lowest} and less than {@code end}. */
  static ReservedPort between(int lowest, int end) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      @Nullable ReservedPort port = reserve(ThreadLocalRandom.current().nextInt(lowest, end));
      if (port != null) {
        return port;
      }
    }
    throw new ServerException(
        ("Expected a free port from %d to %d on 127.0.0.1, but %d attempts found none; fix: stop"
                + " servers of earlier tests, or check the lock files in %s")
            .formatted(lowest, end - 1, ATTEMPTS, folder()));
  }

  public int number() {
    return number;
  }

  boolean isReserved() {
    return lockFile.isOpen();
  }

  /** Releases the port; further calls do nothing. */
  @Override
  public void close() {
    if (!isReserved()) {
      return;
    }
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not release port " + number, e);
    }
    RESERVED_HERE.remove(number);
  }

  private static @Nullable ReservedPort reserve(int port) {
    if (!RESERVED_HERE.add(port)) {
      return null;
    }
    try {
      @Nullable FileChannel file = lock(port);
      if (file != null && isFree(port)) {
        return new ReservedPort(port, file);
      }
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      RESERVED_HERE.remove(port);
      throw new UncheckedIOException("Could not reserve port " + port, e);
    }
    RESERVED_HERE.remove(port);
    return null;
  }

  /** Returns null if another process has the lock, or another user owns the file. */
  private static @Nullable FileChannel lock(int port) throws IOException {
    // The empty files are never deleted: another process could lock a file that is being deleted.
    Path path = Files.createDirectories(folder()).resolve(port + ".lock");
    FileChannel file;
    try {
      file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (AccessDeniedException e) {
      return null;
    }
    @Nullable FileLock lock = file.tryLock();
    if (lock == null) {
      file.close();
      return null;
    }
    return file;
  }

  private static Path folder() {
    return Path.of(System.getProperty("java.io.tmpdir"), "binlogbroker-ports");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
