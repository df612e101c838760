package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.relay.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExitCodesDocTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| `(\\w+)` \\|");

  @Test
  void theDocumentHasEachCodeInItsOrder() throws IOException {
    String document = Files.readString(Path.of("../docs/exit-codes.md"));

    assertThat(ROW.matcher(document).results().map(row -> row.group(1) + " " + row.group(2)))
        .containsExactlyElementsOf(
            Arrays.stream(ExitCode.values()).map(code -> code.number() + " " + code).toList());
  }
}
