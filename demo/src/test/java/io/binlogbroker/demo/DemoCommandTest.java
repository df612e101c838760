package io.binlogbroker.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.cli.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoCommandTest {
  private final StringWriter errors = new StringWriter();

  @Test
  void zeroChangesAreRejected() {
    assertThat(demo("--changes", "0")).isEqualTo(2);
    assertThat(errors.toString()).contains("--changes: expected 1 or more");
  }

  @Test
  void aRateOfZeroIsRejected() {
    assertThat(demo("--rate", "0")).isEqualTo(2);
    assertThat(errors.toString()).contains("--rate: expected more than 0");
  }

  @Test
  void moreChangesThanTheHeapCanCompareAreRejectedWithTheOptionToSet() {
    assertThat(demo("--changes", "9000000000")).isEqualTo(2);
    assertThat(errors.toString()).contains("more memory than this heap").contains("JAVA_OPTS=-Xmx");
  }

  private int demo(String... arguments) {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    return new CommandLine(new DemoCommand(new Console(out, false)))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }
}
