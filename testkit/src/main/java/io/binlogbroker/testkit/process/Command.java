package io.binlogbroker.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs a program to its end within a time limit, on the caller's thread. Not for servers. */
public final class Command {
  private final List<String> arguments;
  private final Path directory;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private @Nullable Path input;
  private Duration limit = Duration.ofMinutes(2);

  public Command(Path directory, List<String> arguments) {
    this.directory = directory;
    this.arguments = List.copyOf(arguments);
  }

  public Command environment(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  public Command input(Path file) {
    input = file;
    return this;
  }

  public Command limit(Duration newLimit) {
    limit = newLimit;
    return this;
  }

  /** Returns the program's output; fails if its exit status is not 0. */
  public String run() {
    try {
      // A file instead of a pipe, which would have to be read while waiting.
      Path output = Files.createTempFile("command", ".out");
      try {
        return run(output);
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String run(Path output) throws IOException {
    Process process = start(output);
    if (!ended(process)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new ServerException(
          "Expected " + name() + " to end within " + limit + ":\n" + TextTail.of(output));
    }
    if (process.exitValue() != 0) {
      throw new ServerException(
          "%s ended with status %d:\n%s"
              .formatted(String.join(" ", arguments), process.exitValue(), TextTail.of(output)));
    }
    return Files.readString(output);
  }

  private Process start(Path output) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(arguments).directory(directory.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    builder.redirectInput(input == null ? Path.of("/dev/null").toFile() : input.toFile());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new ServerException(
          "Expected the program '" + name() + "' on the PATH: install it and try again", e);
    }
  }

  private boolean ended(Process process) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new ServerException("Interrupted while waiting for " + name(), e);
    }
  }

  private String name() {
    return arguments.get(0);
  }
}
