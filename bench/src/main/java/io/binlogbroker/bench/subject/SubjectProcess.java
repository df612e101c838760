package io.binlogbroker.bench.subject;

import io.binlogbroker.testkit.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The process of a subject, a JVM that logs its garbage collections, with its statistics. One
 * thread.
 */
public final class SubjectProcess implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int TAIL_LINES = 20;
  private static final String LOG = "out.log";
  private static final String GC_LOG = "gc.log";

  private final String name;
  private final ChildProcess process;
  private final Path folder;

  private SubjectProcess(String name, ChildProcess process, Path folder) {
    this.name = name;
    this.process = process;
    this.folder = folder;
  }

  /**
   * @param folder of this run, the working directory of the process
   */
  static SubjectProcess start(
      String name, List<String> command, Map<String, String> environment, Path folder) {
    ChildProcess process =
        ChildProcess.start(name, command, environment, folder, folder.resolve(LOG));
    return new SubjectProcess(name, process, folder);
  }

  /**
   * Logs each collection with the clock of {@link System#nanoTime}, which is the same in all
   * processes.
   */
  static String gcOption(Path folder) {
    return "-Xlog:gc:file=" + folder.resolve(GC_LOG) + ":timenanos";
  }

  /** The CPU time so far. */
  public long cpuTicks() throws IOException {
    return ProcessFiles.cpuTicks(process.pid());
  }

  public long peakResidentMib() throws IOException {
    return ProcessFiles.peakResidentMib(process.pid());
  }

  /** Its Java program, with the options of the JVM from all sources. */
  public List<String> java() throws IOException {
    List<String> line = ProcessFiles.commandLine(process.pid());
    return List.copyOf(line.subList(0, line.indexOf("-cp")));
  }

  public GcLog gcLog() throws IOException {
    return GcLog.read(folder.resolve(GC_LOG));
  }

  /** Throws with the end of the log if the process has ended. */
  public void requireAlive() throws IOException {
    if (!process.isAlive()) {
      throw failed("it ended");
    }
  }

  /** Returns the exception to throw if the process did not work as expected. */
  public IllegalStateException failed(String what) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(LOG));
    List<String> tail = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
    return new IllegalStateException(
        "Expected "
            + name
            + " to deliver the whole load, but "
            + what
            + ":\n"
            + String.join("\n", tail));
  }

  @Override
  public void close() {
    process.terminate();
    process.awaitStatus(STOP_LIMIT);
  }
}
