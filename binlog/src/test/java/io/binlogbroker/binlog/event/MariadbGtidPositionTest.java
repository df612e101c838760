package io.binlogbroker.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MariadbGtidPositionTest {
  @Test
  void lastGtidOfEachDomainIsKept() {
    MariadbGtidPosition position = MariadbGtidPosition.parse("1-2-5,0-1-100");

    position.advance(new MariadbGtidEvent(0, 7, 101, false, false, false, false));

    assertThat(position).hasToString("0-7-101,1-2-5");
  }

  @Test
  void textPrintedByTheServerIsParsed() {
    assertThat(MariadbGtidPosition.parse("0-1-100,\n 1-2-18446744073709551615"))
        .hasToString("0-1-100,1-2-18446744073709551615");
  }

  @Test
  void emptyTextIsAnEmptyPosition() {
    assertThat(MariadbGtidPosition.parse("").isEmpty()).isTrue();
    assertThat(new MariadbGtidPosition()).hasToString("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0-1",
        "0-1-",
        "a-1-1",
        "0-1-1-1",
        "0-1-100,0-2-101",
        "4294967296-1-1",
        "0-1-18446744073709551616",
        "3e11fa47-71ca-11e1-9e33-c80aa9429562:1",
      })
  void invalidTextIsRejected(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> MariadbGtidPosition.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0-1-100         | 0-1-100                 | ''",
        "0-1-100         | 0-2-300,0-1-101         | ''",
        "0-1-100,5-2-7   | 0-1-100, 5-2-7          | ''",
        "0-1-100         | 0-1-99                  | 0-1-100",
        "0-1-100         | 0-2-300                 | 0-1-100",
        "0-1-100,5-2-7   | 0-1-100                 | 5-2-7",
        "0-1-100         | ''                      | 0-1-100",
        "''              | 0-1-9                   | ''",
        "0-1-18446744073709551615 | 0-1-9223372036854775807 | 0-1-18446744073709551615",
      })
  void beyondReturnsTheGtidsThatAServerLacks(String ours, String state, String lacking) {
    assertThat(MariadbGtidPosition.parse(ours).beyond(state)).hasToString(lacking);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void positionMatchesAMap(long seed) {
    Random random = new Random(seed);
    Map<Long, String> model = new TreeMap<>();
    MariadbGtidPosition position = new MariadbGtidPosition();

    for (int i = 0; i < 200; i++) {
      long domain = random.nextInt() & 0xFFFFFFFFL;
      long server = random.nextInt(9);
      long sequence = random.nextLong();
      model.put(domain, domain + "-" + server + "-" + Long.toUnsignedString(sequence));
      position.advance(new MariadbGtidEvent(domain, server, sequence, false, false, false, false));
    }

    String text = model.values().stream().collect(Collectors.joining(","));
    assertThat(position).hasToString(text);
    assertThat(MariadbGtidPosition.parse(text)).hasToString(text);
  }
}
