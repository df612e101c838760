package io.binlogbroker.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a program to its end, on the caller's thread. */
final class ProgramRun {
  private ProgramRun() {}

  /** Returns its output; fails if its exit status is not 0. */
  static String output(List<String> line) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(
            "Expected %s to succeed, but it ended with status %d:%n%s"
                .formatted(String.join(" ", line), status, text));
      }
      return text;
    }
  }
}
