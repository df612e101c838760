package io.binlogbroker.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.cli.terminal.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(600)
class DemoIT {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void allChangesAndExistingRowsArriveAndTheTablesAreEqual() {
    int exitCode = demo("--changes", "300");

    assertThat(lines()).last().isEqualTo("demo: 300 changes, 0 differences");
    assertThat(exitCode).isZero();
    assertThat(lines())
        .anyMatch(line -> line.startsWith("mytopic-") && line.contains("UPDATE mall_db.package"))
        .anyMatch(line -> line.startsWith("social_db-") && line.contains("social_db.user"))
        .anyMatch(line -> line.startsWith("mall_db-") && line.contains("key goods"))
        .anyMatch(line -> line.contains("(moves to key "));
    assertThat(lines())
        .filteredOn(line -> line.contains("READ   "))
        .hasSize(ShopSchema.EXISTING_ROWS)
        .allMatch(line -> line.startsWith("mall_db-") && line.contains(ShopSchema.EXISTING));
  }

  private int demo(String... arguments) {
    Console console = new Console(new PrintStream(bytes, false, StandardCharsets.UTF_8), false);
    return new CommandLine(new DemoCommand(console)).execute(arguments);
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
