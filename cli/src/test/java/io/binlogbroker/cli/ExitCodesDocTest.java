package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExitCodesDocTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| `(\\w+)` \\|");

  @Test
  void theDocumentListsEachCodeInOrder() throws IOException {
    String document = Files.readString(Path.of("../docs/exit-codes.md"));

    assertThat(ROW.matcher(document).results().map(row -> row.group(1) + " " + row.group(2)))
        .containsExactlyElementsOf(
            Arrays.stream(ExitCode.values()).map(code -> code.number() + " " + code).toList());
  }

  /** All codes except success and those that a restart may fix, by the document. */
  @Test
  void theSystemdUnitRestartsAfterTheCodesThatARestartMayFix() throws IOException {
    Set<ExitCode> restarted = Set.of(ExitCode.OK, ExitCode.INTERNAL, ExitCode.UNREACHABLE);
    String others =
        Arrays.stream(ExitCode.values())
            .filter(code -> !restarted.contains(code))
            .map(code -> " " + code.number())
            .collect(Collectors.joining());

    assertThat(Files.readString(Path.of("src/main/dist/systemd/binlogbroker@.service")))
        .contains("\nRestartPreventExitStatus=" + others.strip() + "\n");
  }
}
