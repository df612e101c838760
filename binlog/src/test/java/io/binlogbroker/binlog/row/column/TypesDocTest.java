package io.binlogbroker.binlog.row.column;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TypesDocTest {
  @ParameterizedTest
  @EnumSource(ColumnType.class)
  void everyTypeIsDocumented(ColumnType type) throws IOException {
    assertThat(Files.readAllLines(Path.of("../docs/types.md")))
        .anyMatch(line -> line.startsWith("| ") && line.split("\\|")[1].contains("`" + type + "`"));
  }
}
