package io.binlogbroker.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Statistics of a process in Linux's {@code /proc}. */
public final class ProcessFiles {
  /** The kernel reports CPU times to user space in hundredths of a second. */
  public static final long TICKS_PER_SECOND = 100;

  private ProcessFiles() {}

  /** User and system time of all threads so far. */
  public static long cpuTicks(long pid) throws IOException {
    String stat = Files.readString(file(pid, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  static long peakResidentMib(long pid) throws IOException {
    return Files.readAllLines(file(pid, "status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }

  static List<String> commandLine(long pid) throws IOException {
    return List.of(Files.readString(file(pid, "cmdline")).split("\0"));
  }

  private static Path file(long pid, String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
