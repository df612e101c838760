package io.binlogbroker.binlog.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.row.column.SchemaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnDeclarationTest {
  @Test
  void labelsAreParsedAsTheServersEscapeThem() {
    ColumnDeclaration declared =
        ColumnDeclaration.parse(
            "enum('a\\\\b','c\\nd\\re\\0','e''f','g\\\\''h','\\\\\\\\','','x,y')");

    assertThat(declared.labels())
        .containsExactly("a\\b", "c\nd\re\0", "e'f", "g\\'h", "\\\\", "", "x,y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"enum('a", "set('a''", "enum('a\\\\", "enum('\\q')"})
  void malformedColumnTypeIsRejected(String columnType) {
    assertThatThrownBy(() -> ColumnDeclaration.parse(columnType))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining(columnType);
  }
}
