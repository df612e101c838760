package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The exit code and output of a finished process. */
record EndedProcess(int status, String out) {
  private static final int LIMIT_SECONDS = 60;

  /** Runs it; the output includes stderr. */
  static EndedProcess run(ProcessBuilder line) throws IOException, InterruptedException {
    Process process = line.redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      return new EndedProcess(process.exitValue(), out);
    } finally {
      process.destroyForcibly();
    }
  }
}
