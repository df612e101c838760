package io.binlogbroker.testkit.process;

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
 * A server program's process, with a folder and reserved ports that are kept across restarts until
 * {@link #close}. Used by one thread at a time.
 */
public final class ServerProcess implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final int START_ATTEMPTS = 3;

  /** Starts a server: calls {@link #launch} and waits until the server is ready. */
  public interface Starter {
    void start() throws IOException;
  }

  private final String name;
  private final List<ReservedPort> ports = new ArrayList<>();
  private @Nullable Path folder;
  private @Nullable ChildProcess process;

  /**
   * @param name of the program, for messages and the folder
   * @param portCount number of ports on which it listens
   */
  public ServerProcess(String name, int portCount) {
    this.name = name;
    for (int i = 0; i < portCount; i++) {
      addPort();
    }
  }

  /** Reserves an additional port and returns its index. */
  public int addPort() {
    ports.add(ReservedPort.next());
    return ports.size() - 1;
  }

  /** The number of a port, which can only change at the first {@link #start}. */
  public int port(int index) {
    return ports.get(index).number();
  }

  /**
   * Starts the server with these steps. If they fail, nothing runs, and the folder is kept only if
   * an earlier start succeeded. A first start that finds a port in use, by a process that does not
   * reserve ports, is retried with other ports.
   */
  public void start(Starter steps) {
    if (isRunning()) {
      throw new IllegalStateException("Expected a stopped server, but " + name + " runs");
    }
    if (!isNew()) {
      startOnce(steps, false);
      return;
    }
    for (int attempt = 1; ; attempt++) {
      // Replaces the ports that were released because the server was closed or could not listen.
      ports.replaceAll(port -> port.isReserved() ? port : ReservedPort.next());
      try {
        startOnce(steps, true);
        return;
      } catch (ServerException e) {
        if (!e.isPortTaken() || attempt == START_ATTEMPTS) {
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

  /** Whether the folder does not exist yet. */
  public boolean isNew() {
    return folder == null;
  }

  /** Creates the folder at the first start; returns whether it was created. */
  public boolean createFolderOnce() {
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

  /** Starts the program in the folder and does not wait. */
  public ChildProcess launch(List<String> command, Map<String, String> environment, Path log) {
    ChildProcess started = ChildProcess.start(name, command, environment, folder(), log);
    process = started;
    return started;
  }

  /** Shuts the server down and keeps its data. */
  public void stop() {
    running().stop(STOP_LIMIT);
  }

  /** Kills the server with SIGKILL, like a crash, and keeps its data. */
  public void kill() {
    running().kill();
  }

  /** Kills the server if it runs, and deletes its data. */
  @Override
  public void close() {
    killIfRunning();
    deleteFolder();
    ports.forEach(ReservedPort::close);
  }

  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  public long pid() {
    return running().pid();
  }

  public Path folder() {
    return Objects.requireNonNull(folder, "Expected " + name + " to be started and not closed");
  }

  /** The process that was started last. */
  public ChildProcess running() {
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
