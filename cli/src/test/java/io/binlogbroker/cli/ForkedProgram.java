package io.binlogbroker.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The program in a separate process, as an operator runs it, with a heap of 256 MB. One thread. */
public final class ForkedProgram implements AutoCloseable {
  private static final long POLL_MILLIS = 50;

  private final Process process;
  private final Path err;

  private ForkedProgram(Process process, Path err) {
    this.process = process;
    this.err = err;
  }

  /**
   * @param folder for its output; its working directory
   */
  public static ForkedProgram start(Path folder, String... args) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(List.of(args));
    try {
      Path err = Files.createTempFile(folder, "stderr", ".txt");
      Process process =
          new ProcessBuilder(line)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(err.toFile())
              .start();
      return new ForkedProgram(process, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The console output so far. */
  public String console() {
    try {
      return Files.readString(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until the console contains the text; fails if the program ends before or at the time
   * limit.
   */
  public void awaitConsole(String text, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!console().contains(text)) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        throw new AssertionError("Expected \"" + text + "\" on the console:\n" + console());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Waits until a thread of the program is in a method that matches a regular expression. */
  public void awaitFrame(String method, Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    Pattern frame = Pattern.compile(method + "\\(");
    while (!frame.matcher(threadDump()).find()) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        throw new AssertionError("Expected a thread in " + method + ":\n" + threadDump());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private String threadDump() {
    try {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  String.valueOf(process.pid()),
                  "Thread.print")
              .redirectErrorStream(true)
              .start();
      return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Sends SIGTERM, as a supervisor does. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for its end; returns the exit code. */
  public int exitCode(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("Expected an end within " + limit + ":\n" + console());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
