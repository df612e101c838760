package io.binlogbroker.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void aTerminalKeepsTheTopLineInPlace() {
    Console console = console(true);

    console.top("rates");

    assertThat(text()).contains("\u001b[1;1H").doesNotContain("\n");
  }

  @Test
  void closeRestoresScrollingOfTheWholeTerminal() {
    try (Console console = console(true)) {
      console.top("rates");
    }

    assertThat(text()).contains("\u001b[r").contains("\u001b[?7h");
  }

  @Test
  void aFileGetsPlainLines() {
    try (Console console = console(false)) {
      console.top("rates");
      console.line(console.colours().red("message"));
    }

    assertThat(text()).isEqualTo("rates\nmessage\n");
  }

  @Test
  void aClosedPipeIsDetected() {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Console console = new Console(new PrintStream(closed, false, StandardCharsets.UTF_8), false);
    assertThat(console.isAbandoned()).isFalse();

    console.line("message");

    assertThat(console.isAbandoned()).isTrue();
  }

  private Console console(boolean terminal) {
    return new Console(new PrintStream(bytes, false, StandardCharsets.UTF_8), terminal);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
