package io.binlogbroker.testkit.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server in its own process and session, so that Ctrl+C on the terminal does not reach it. A
 * shell process watches this JVM: when the JVM ends, even by kill -9, the server is killed and its
 * folder deleted. Started and stopped by one thread; status methods are thread-safe.
 */
public final class ChildProcess {
  /** Checks whether a starting server is ready; an exception means "not yet". */
  public interface Probe {
    boolean isReady() throws Exception;
  }

  // The JVM has the other end of standard input, which is closed when the JVM ends.
  private static final String WATCH =
      "trap '' INT TERM HUP; read -r word; "
          + "[ \"$word\" = released ] || { kill -KILL \"$1\"; sleep 1; rm -rf \"$2\"; }";
  // Messages of etcd, MySQL, MariaDB and Kafka, but not of MySQL's X plugin, whose port is
  // optional.
  private static final Pattern PORT_TAKEN =
      Pattern.compile(
          "bind: address already in use"
              + "|Bind on TCP/IP port[:.] (Got error: \\d+: )?Address already in use"
              + "|failed to bind to .*: Address already in use");
  private static final long POLL_MILLIS = 30;

  private final String name;
  private final Process process;
  private final Path log;

  private ChildProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts {@code command}; its output is appended to {@code log}, {@code folder} is deleted when
   * the JVM ends.
   */
  public static ChildProcess start(
      String name, List<String> command, Map<String, String> environment, Path folder, Path log) {
    List<String> line = new ArrayList<>(List.of("setsid"));
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      Process process = builder.start();
      watch(process, folder);
      return new ChildProcess(name, process, log);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not start " + name, e);
    }
  }

  private static void watch(Process process, Path folder) throws IOException {
    Process watcher =
        new ProcessBuilder(
                "setsid",
                "sh",
                "-c",
                WATCH,
                "watch",
                Long.toString(process.pid()),
                folder.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.onExit().thenRun(() -> release(watcher));
  }

  private static void release(Process watcher) {
    try (OutputStream out = watcher.getOutputStream()) {
      out.write("released\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // It has already ended, so it cannot kill a later process with the same id.
      watcher.destroyForcibly();
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits until {@code probe} returns true; fails with the end of the log if the process ends
   * first.
   */
  public void awaitReady(Duration limit, Probe probe) {
    long deadline = System.nanoTime() + limit.toNanos();
    @Nullable Exception last = null;
    while (System.nanoTime() - deadline < 0) {
      if (!process.isAlive()) {
        throw ended();
      }
      try {
        if (probe.isReady()) {
          return;
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      } catch (Exception e) {
        last = e;
      }
      pause();
    }
    throw new ServerException(
        "Expected " + name + " to answer within " + limit + ", but it did not:\n" + tail(), last);
  }

  private ServerException ended() {
    String message =
        name + " ended with status " + process.exitValue() + " while it started:\n" + tail();
    return isPortTaken() ? ServerException.portTaken(message) : new ServerException(message);
  }

  private boolean isPortTaken() {
    try {
      // Searches the whole log, because its last lines may be about the shutdown.
      return PORT_TAKEN.matcher(Files.readString(log, StandardCharsets.ISO_8859_1)).find();
    } catch (IOException e) {
      // tail() reports this failure; without the log the cause is unknown.
      return false;
    }
  }

  /** Terminates the process; kills it and fails if it does not end within the limit. */
  void stop(Duration limit) {
    process.destroy();
    if (awaitEnd(limit)) {
      return;
    }
    kill();
    throw new ServerException(
        "Expected " + name + " to stop within " + limit + ", killed it:\n" + tail());
  }

  /** Sends SIGTERM and does not wait. */
  public void terminate() {
    process.destroy();
  }

  /** Waits until the process ends and returns its status. Kills it after the limit. */
  public int awaitStatus(Duration limit) {
    if (awaitEnd(limit)) {
      return process.exitValue();
    }
    kill();
    throw new ServerException("Expected " + name + " to end within " + limit + ":\n" + tail());
  }

  /** Kills the process with SIGKILL and waits for its end. */
  public void kill() {
    process.destroyForcibly();
    if (!awaitEnd(Duration.ofSeconds(30))) {
      throw new ServerException("Expected process " + pid() + " to end after SIGKILL");
    }
  }

  private boolean awaitEnd(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private ServerException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new ServerException("Interrupted while waiting for " + name, cause);
  }

  private String tail() {
    try {
      return TextTail.of(log);
    } catch (IOException e) {
      return "(" + log + " cannot be read: " + e.getMessage() + ")";
    }
  }
}
