package io.binlogbroker.testkit;

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
 * A TCP port of 127.0.0.1 that no process of this machine listened on when it was drawn, and that
 * no other {@code ReservedPort}, of any JVM, has until {@link #close}: so a server can stop and
 * start again on it. Any thread.
 */
public final class ReservedPort implements AutoCloseable {
  // Below Linux's ephemeral range: while a server is down for a restart on its port, no outgoing
  // connection of another process may take that port.
  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 200;
  // A JVM may open a lock file once only: closing any of its channels ends the lock.
  private static final Set<Integer> OURS = ConcurrentHashMap.newKeySet();

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
        ("Expected a free port from %d to %d on 127.0.0.1, but %d tries found none; fix: end"
                + " servers that earlier tests left, or look at the lock files in %s")
            .formatted(lowest, end - 1, ATTEMPTS, folder()));
  }

  public int number() {
    return number;
  }

  boolean isReserved() {
    return lockFile.isOpen();
  }

  /** Gives the port back; the second call does nothing. */
  @Override
  public void close() {
    if (!isReserved()) {
      return;
    }
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not give back port " + number, e);
    }
    OURS.remove(number);
  }

  private static @Nullable ReservedPort reserve(int port) {
    if (!OURS.add(port)) {
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
      OURS.remove(port);
      throw new UncheckedIOException("Could not reserve port " + port, e);
    }
    OURS.remove(port);
    return null;
  }

  /** Returns null when another process holds the lock, or another user's the file. */
  private static @Nullable FileChannel lock(int port) throws IOException {
    // The files stay, empty: whoever deletes one would cut it from the lock another is taking.
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
