package io.binlogbroker.engine.schema.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Labels that a server may show as others. */
class ShownLabelsTest {
  @Test
  void aQuestionMarkIsItselfWhereNothingCanBeBeyond() {
    assertThat(mayBeOthers("enum('a?')", "latin1")).isFalse();
    assertThat(mayBeOthers("enum('a?')", "utf8mb4")).isTrue();
    assertThat(mayBeOthers("set('a','?')", "gb18030")).isTrue();
  }

  /** As MariaDB and MySQL 5.7 say binary there, and MySQL 8 nothing. */
  @Test
  void bytesThatAreNoTextAreShownAsSomethingElse() {
    assertThat(mayBeOthers("enum(x'e9','x')", null)).isTrue();
    assertThat(mayBeOthers("enum('a',x'e9')", "binary")).isTrue();
    assertThat(mayBeOthers("enum('?')", "binary")).isTrue();
    assertThat(mayBeOthers("enum('a ','x''y',',x')", null)).isFalse();
    assertThat(mayBeOthers("enum('\\\\','x''')", null)).isFalse();
  }

  private static boolean mayBeOthers(String columnType, @Nullable String charset) {
    String dataType = columnType.substring(0, columnType.indexOf('('));
    return ShownLabels.mayBeOthers(new ColumnSchema("a", columnType, dataType, true, charset));
  }
}
