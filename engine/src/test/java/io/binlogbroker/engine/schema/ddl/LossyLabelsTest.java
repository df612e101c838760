package io.binlogbroker.engine.schema.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Labels that a server may display with other characters. */
class LossyLabelsTest {
  @Test
  void aQuestionMarkIsItselfInANarrowCharacterSet() {
    assertThat(areLossy("enum('a?')", "latin1")).isFalse();
    assertThat(areLossy("enum('a?')", "utf8mb4")).isTrue();
    assertThat(areLossy("set('a','?')", "gb18030")).isTrue();
  }

  /** MariaDB and MySQL 5.7 report binary there, MySQL 8 reports nothing. */
  @Test
  void binaryLabelsMayBeLossy() {
    assertThat(areLossy("enum(x'e9','x')", null)).isTrue();
    assertThat(areLossy("enum('a',x'e9')", "binary")).isTrue();
    assertThat(areLossy("enum('?')", "binary")).isTrue();
    assertThat(areLossy("enum('a ','x''y',',x')", null)).isFalse();
    assertThat(areLossy("enum('\\\\','x''')", null)).isFalse();
  }

  private static boolean areLossy(String columnType, @Nullable String charset) {
    String dataType = columnType.substring(0, columnType.indexOf('('));
    return LossyLabels.areLossy(new ColumnSchema("a", columnType, dataType, true, charset));
  }
}
