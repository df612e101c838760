package io.binlogbroker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeIdTest {
  @Test
  void filesAreOrderedByNumber() {
    ChangeId last = new ChangeId("binlog.999999", 5_000_000_000L, 7);
    ChangeId first = new ChangeId("binlog.1000000", 4, 0);

    assertThat(last).isLessThan(first);
  }

  @Test
  void withinAFileChangesAreOrderedByPositionAndRow() {
    ChangeId first = new ChangeId("mysql-bin.000002", 99, 8);
    ChangeId second = new ChangeId("mysql-bin.000002", 5_000_000_000L, 0);
    ChangeId third = new ChangeId("mysql-bin.000002", 5_000_000_000L, 10);

    assertThat(List.of(third, first, second).stream().sorted())
        .containsExactly(first, second, third);
  }

  @Test
  void aFileNameWithoutANumberIsRejected() {
    assertThatThrownBy(() -> new ChangeId("binlog", 4, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Expected a binary log file such as binlog.000002 but got binlog");
  }
}
