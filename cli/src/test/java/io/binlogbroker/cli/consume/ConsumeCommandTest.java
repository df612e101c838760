package io.binlogbroker.cli.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ConsumeCommandTest {
  private final StringWriter err = new StringWriter();

  @Test
  void missingServersAreReportedWithTheOption() {
    int code = execute("consume", "mall_db");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("Missing -b", "-b localhost:9092", "consume --help");
  }

  @Test
  void missingTopicsAreReported() {
    int code = execute("consume", "-b", "localhost:9092");

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("Missing topics");
  }

  @Test
  void aMissingConfigurationIsNamed() {
    int code = execute("consume", "-c", "/nowhere/conf.json");

    assertThat(code).isEqualTo(3);
    assertThat(err.toString()).contains("/nowhere/conf.json", "file not found");
  }

  private int execute(String... args) {
    CommandLine line = Main.commandLine();
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }
}
