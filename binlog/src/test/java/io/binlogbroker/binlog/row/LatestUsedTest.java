package io.binlogbroker.binlog.row;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatestUsedTest {
  private final LatestUsed<String, Integer> values = new LatestUsed<>(10);

  @Test
  void leastRecentlyUsedValueIsEvicted() {
    values.put("a", 1, 5);
    values.put("b", 2, 5);
    values.get("a");

    values.put("c", 3, 5);

    assertThat(values.get("a")).isEqualTo(1);
    assertThat(values.get("b")).isNull();
    assertThat(values.get("c")).isEqualTo(3);
  }

  @Test
  void heavyValueEvictsSeveral() {
    values.put("a", 1, 5);
    values.put("b", 2, 5);

    values.put("c", 3, 10);

    assertThat(values.get("a")).isNull();
    assertThat(values.get("b")).isNull();
    assertThat(values.get("c")).isEqualTo(3);
  }

  @Test
  void latestValueIsKeptRegardlessOfItsWeight() {
    values.put("a", 1, 100);

    assertThat(values.get("a")).isEqualTo(1);

    values.put("b", 2, 1);

    assertThat(values.get("a")).isNull();
  }

  @Test
  void replacedValueNoLongerCounts() {
    values.put("a", 1, 5);
    values.put("b", 2, 2);

    values.put("a", 3, 8);

    assertThat(values.get("a")).isEqualTo(3);
    assertThat(values.get("b")).isEqualTo(2);
  }

  @Test
  void clearResetsTheWeight() {
    values.put("a", 1, 10);

    values.clear();
    values.put("b", 2, 5);
    values.put("c", 3, 5);

    assertThat(values.get("a")).isNull();
    assertThat(values.get("b")).isEqualTo(2);
  }
}
