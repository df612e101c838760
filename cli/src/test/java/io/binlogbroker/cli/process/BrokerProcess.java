package io.binlogbroker.cli.process;

import io.binlogbroker.cli.Main;
import io.binlogbroker.testkit.process.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The broker as its users run it: a process with a configuration file, a state directory and a log,
 * which can be killed and started again. Dies with this JVM. One thread.
 */
public final class BrokerProcess implements AutoCloseable {
  /** The log message when source and sink are open. */
  static final String READING = "Reading from ";

  static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

  private final Path folder;
  private final String group;
  private final Path consoles;
  private final List<String> where;
  private ChildProcess process;
  private int starts;

  /**
   * @param folder for the process's files
   * @param config the text of its configuration, without StateDir and LogDir
   */
  public BrokerProcess(Path folder, String group, String config) {
    this.folder = folder;
    this.group = group;
    this.where = List.of("-c", configFile().toString());
    this.consoles = consoles(folder);
    String own = "{\"StateDir\":\"%s\", \"LogDir\":\"%s\",".formatted(stateDir(), folder);
    write(config.strip().replaceFirst("\\{", own));
  }

  /** A broker with its configuration in etcd. */
  private BrokerProcess(Path folder, String group, int etcdPort) {
    this.folder = folder;
    this.group = group;
    this.where = List.of("-etcd", "127.0.0.1:" + etcdPort);
    this.consoles = consoles(folder);
  }

  /**
   * @param etcdPort of the server with its configuration
   */
  static BrokerProcess withEtcd(Path folder, String group, int etcdPort) {
    return new BrokerProcess(folder, group, etcdPort);
  }

  private static Path consoles(Path folder) {
    try {
      Files.createDirectories(folder);
      return Files.createTempDirectory(folder, "consoles");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Edits the configuration's file. */
  void edit(UnaryOperator<String> edit) {
    write(edit.apply(read(configFile())));
  }

  private void write(String config) {
    try {
      Files.writeString(configFile(), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public BrokerProcess start() {
    if (isRunning()) {
      throw new IllegalStateException("The broker runs already");
    }
    starts++;
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                Main.class.getName(),
                "-g",
                group));
    command.addAll(where);
    process = ChildProcess.start("the broker", command, Map.of(), folder, console(starts));
    return this;
  }

  private static String absolute(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  public BrokerProcess awaitReading() {
    awaitConsole(READING, START_LIMIT);
    return this;
  }

  /** The number of times that the current run has started to read. */
  int timesReading() {
    return console().split(READING, -1).length - 1;
  }

  /** Waits until the current run has started to read more than this number of times. */
  void awaitReadingAgain(int times) {
    running().awaitReady(START_LIMIT, () -> timesReading() > times);
  }

  /** Waits until the current run has saved a position. */
  BrokerProcess awaitProgress() {
    return awaitProgress(() -> {});
  }

  /** Like {@link #awaitProgress()}, after an action that makes it progress. */
  BrokerProcess awaitProgress(Runnable action) {
    String before = Files.exists(positionFile()) ? read(positionFile()) : "";
    action.run();
    running().awaitReady(START_LIMIT, () -> !read(positionFile()).equals(before));
    return this;
  }

  /** Waits until the current run has written this; fails if it ends before. */
  void awaitConsole(String text, Duration limit) {
    running().awaitReady(limit, () -> console().contains(text));
  }

  /** Ends it with SIGKILL; fails if it has already ended. */
  public void kill() {
    if (!isRunning()) {
      throw new AssertionError("Expected a running broker, but it has ended:\n" + console());
    }
    running().kill();
  }

  /** Ends it with SIGTERM; returns the exit code. */
  int stop() {
    running().terminate();
    return awaitEnd(STOP_LIMIT);
  }

  /** Waits until it ends by itself; returns the exit code. */
  int awaitEnd(Duration limit) {
    return running().awaitStatus(limit);
  }

  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  long pid() {
    return running().pid();
  }

  int starts() {
    return starts;
  }

  /** The last run's output to stdout and stderr. */
  String console() {
    return read(console(starts));
  }

  /** The last line of the last run: the reason of a failure. */
  public String lastLine() {
    List<String> lines = console().lines().toList();
    return lines.get(lines.size() - 1);
  }

  /** The output of all runs, in order. */
  public String allConsoles() {
    return Stream.iterate(1, run -> run <= starts, run -> run + 1)
        .map(run -> read(console(run)))
        .collect(Collectors.joining());
  }

  Path stateDir() {
    return folder.resolve("state");
  }

  Path positionFile() {
    return stateDir().resolve(group + ".position.json");
  }

  @Override
  public void close() {
    if (isRunning()) {
      running().kill();
    }
  }

  private Path configFile() {
    return folder.resolve("conf.json");
  }

  private Path console(int run) {
    return consoles.resolve(run + ".txt");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ChildProcess running() {
    return Objects.requireNonNull(process, "The broker was never started");
  }
}
