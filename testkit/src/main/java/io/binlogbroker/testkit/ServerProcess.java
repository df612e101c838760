package io.binlogbroker.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server program's process, together with the folder and the reserved ports that outlive its
 * restarts and go at {@link #close}. Used by one thread at a time.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final int FIRST_STARTS = 3;

  /** What starts a server; it calls {@link #launch} and waits until the server answers. */
  interface Starter {
    void start() throws IOException;
  }

  private final String name;
  private final List<ReservedPort> ports = new ArrayList<>();
  private @Nullable Path folder;
  private @Nullable ChildProcess process;

  /**
   * @param name of the program, for errors and the folder
   * @param portCount how many ports it listens on
   */
  ServerProcess(String name, int portCount) {
    this.name = name;
    for (int i = 0; i < portCount; i++) {
      addPort();
    }
  }

  /** Reserves a further port; returns its index. */
  int addPort() {
    ports.add(ReservedPort.next());
    return ports.size() - 1;
  }

  /** The number of a port, which changes at most in {@link #start} of a server without folder. */
  int port(int index) {
    return ports.get(index).number();
  }

  /**
   * Starts the server by these steps. When they fail, nothing runs; the folder stays only if a
   * start before succeeded. A first start that finds a port taken, by a process that reserves none,
   * is tried again with other ports.
   */
  void start(Starter steps) {
    if (isRunning()) {
      throw new IllegalStateException("Expected a stopped server, but " + name + " runs");
    }
    if (!isNew()) {
      startOnce(steps, false);
      return;
    }
    for (int attempt = 1; ; attempt++) {
      // Those of a server that was closed, or could not listen, are given back.
      ports.replaceAll(port -> port.isReserved() ? port : ReservedPort.next());
      try {
        startOnce(steps, true);
        return;
      } catch (ServerException e) {
        if (!e.isPortTaken() || attempt == FIRST_STARTS) {
          throw e;
        }
      }
    }
  }

  private void startOnce(Starter steps, boolean isFirst) {
    try {
      steps.start();
    } catch (IOException e) {
      closeIf(isFirst);
      throw new UncheckedIOException("Could not start " + name, e);
    } catch (RuntimeException e) {
      closeIf(isFirst);
      throw e;
    }
  }

  /** Whether there is no folder yet. */
  boolean isNew() {
    return folder == null;
  }

  /** Makes the folder at the first start; returns whether it did. */
  boolean makeFolderOnce() {
    if (!isNew()) {
      return false;
    }
    try {
      folder = Files.createTempDirectory(name.toLowerCase(Locale.ROOT) + "-");
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not start " + name, e);
    }
  }

  /** Starts the program in the folder and waits for nothing. */
  ChildProcess launch(List<String> command, Map<String, String> environment, Path log) {
    ChildProcess started = ChildProcess.start(name, command, environment, folder(), log);
    process = started;
    return started;
  }

  /** Shuts the server down and keeps its data. */
  void stop() {
    running().stop(STOP_LIMIT);
  }

  /** Ends the server by SIGKILL, as a crash would, and keeps its data. */
  void kill() {
    running().kill();
  }

  /** Ends the server, if it runs, and deletes its data; so there is nothing to shut down well. */
  @Override
  public void close() {
    killIfRunning();
    deleteFolder();
    ports.forEach(ReservedPort::close);
  }

  boolean isRunning() {
    return process != null && process.isAlive();
  }

  long pid() {
    return running().pid();
  }

  Path folder() {
    return Objects.requireNonNull(folder, "Expected " + name + " to be started and not closed");
  }

  /** The process that was started last. */
  ChildProcess running() {
    return Objects.requireNonNull(process, "Expected " + name + " to be started");
  }

  private void closeIf(boolean isFirst) {
    if (isFirst) {
      close();
    } else {
      killIfRunning();
    }
  }

  private void killIfRunning() {
    if (isRunning()) {
      kill();
    }
  }

  private void deleteFolder() {
    if (folder == null) {
      return;
    }
    try {
      Folders.delete(folder);
      folder = null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
