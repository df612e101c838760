package io.binlogbroker.broker.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeyTextTest {
  @Test
  void aSingleColumnIsTheKeyAsItIs() {
    assertThat(key("a,b\\c")).isEqualTo("a,b\\c");
  }

  @Test
  void severalColumnsAreJoinedByCommas() {
    assertThat(key("7", "", "订单")).isEqualTo("7,,订单");
  }

  @Test
  void commasAndBackslashesWithinAJoinedColumnAreEscaped() {
    assertThat(key("a,b", "c\\")).isEqualTo("a\\,b,c\\\\");
    assertThat(key("a", "b,c\\")).isNotEqualTo(key("a,b", "c\\"));
  }

  @Test
  void itIsReusedForRowAfterRowAndGrows() {
    KeyText text = new KeyText(2);
    text.add("x".repeat(1000));
    text.add("y");
    byte[] first = text.toBytes();

    text.clear();
    text.add("zab".getBytes(StandardCharsets.UTF_8), 1, 1);
    text.add("b");

    assertThat(first).hasSize(1002);
    assertThat(new String(text.toBytes(), StandardCharsets.UTF_8)).isEqualTo("a,b");
  }

  private static String key(String... cells) {
    KeyText text = new KeyText(cells.length);
    for (String cell : cells) {
      text.add(cell);
    }
    return new String(text.toBytes(), StandardCharsets.UTF_8);
  }
}
