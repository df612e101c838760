package io.binlogbroker.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server program's process, together with the folder that outlives its restarts and goes at
 * {@link #close}. Used by one thread at a time.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  /** What starts a server; it calls {@link #launch} and waits until the server answers. */
  interface Starter {
    void start() throws IOException;
  }

  private final String name;
  private @Nullable Path folder;
  private @Nullable ChildProcess process;

  /**
   * @param name of the program, for errors and the folder
   */
  ServerProcess(String name) {
    this.name = name;
  }

  /**
   * Starts the server by these steps. When they fail, nothing runs; the folder stays only if a
   * start before succeeded.
   */
  void start(Starter steps) {
    if (isRunning()) {
      throw new IllegalStateException("Expected a stopped server, but " + name + " runs");
    }
    boolean isFirst = isNew();
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
