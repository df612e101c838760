package io.binlogbroker.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlGtidSetTest {
  private static final UUID A = UUID.fromString("3e11fa47-71ca-11e1-9e33-c80aa9429562");
  private static final UUID F = UUID.fromString("f0000000-0000-0000-0000-000000000001");

  @Test
  void gapsAreKept() {
    MysqlGtidSet set = MysqlGtidSet.parse(A + ":1-7:9-10");

    assertThat(set.contains(A, 8)).isFalse();
    assertThat(set).hasToString(A + ":1-7:9-10");
  }

  @Test
  void numberThatFillsAGapMergesItsNeighbours() {
    MysqlGtidSet set = MysqlGtidSet.parse(A + ":1-7:9-10");

    set.add(A, 8);

    assertThat(set).hasToString(A + ":1-10");
  }

  @Test
  void textPrintedByTheServerIsParsed() {
    MysqlGtidSet set =
        MysqlGtidSet.parse(F + ":5,\n" + A.toString().toUpperCase() + ": 1-3 : 7 \n");

    assertThat(set).hasToString(A + ":1-3:7," + F + ":5");
  }

  @Test
  void sourcesAreInTheOrderOfTheirText() {
    MysqlGtidSet set = new MysqlGtidSet();
    set.add(F, 1);
    set.add(A, 1);

    assertThat(set).hasToString(A + ":1," + F + ":1");
  }

  @Test
  void tagAppliesToTheIntervalsAfterIt() {
    MysqlGtidSet set = MysqlGtidSet.parse(A + ":1-5:Tag_1:1-3:7:a:2," + F + ":x:9");

    assertThat(set.contains(A, 7)).isFalse();
    assertThat(set.contains(A, "tag_1", 7)).isTrue();
    assertThat(set.contains(A, "a", 2)).isTrue();
    assertThat(set).hasToString(A + ":1-5:a:2:tag_1:1-3:7," + F + ":x:9");
  }

  @Test
  void taggedAndUntaggedNumbersOfAServerAreDistinct() {
    MysqlGtidSet set = MysqlGtidSet.parse(A + ":1-5");

    set.add(A, "t", 6);
    set.add(A, 6);
    set.add(A, "t", 7);

    assertThat(set).hasToString(A + ":1-6:t:6-7");
  }

  @Test
  void emptyTextIsAnEmptySet() {
    assertThat(MysqlGtidSet.parse(" ").isEmpty()).isTrue();
    assertThat(MysqlGtidSet.parse("")).hasToString("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1-1-1-1-1:5",
        "nonsense",
        "3e11fa47-71ca-11e1-9e33-c80aa9429562",
        "3e11fa47-71ca-11e1-9e33-c80aa9429562:",
        "3e11fa47-71ca-11e1-9e33-c80aa9429562:0",
        "3e11fa47-71ca-11e1-9e33-c80aa9429562:5-4",
        "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-",
        "3e11fa47-71ca-11e1-9e33-c80aa9429562:9223372036854775807",
        "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5:tag",
        "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5:tag:1:tag2",
        "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5:0tag:1",
        "3e11fa47-71ca-11e1-9e33-c80aa942956g:1",
      })
  void invalidTextIsRejected(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MysqlGtidSet.parse(text))
        .withMessageContaining("in a GTID set but got");
  }

  @Test
  void binaryFormHasExclusiveEnds() {
    byte[] encoded = MysqlGtidSet.parse(A + ":1-5:7," + F + ":2").encode();

    assertThat(HexFormat.of().formatHex(encoded))
        .isEqualTo(
            "0200000000000000"
                + "3e11fa4771ca11e19e33c80aa9429562"
                + "0200000000000000"
                + "01000000000000000600000000000000"
                + "07000000000000000800000000000000"
                + "f0000000000000000000000000000001"
                + "0100000000000000"
                + "02000000000000000300000000000000");
  }

  @Test
  void binaryFormWithATagIsTheNewerOne() {
    byte[] encoded = MysqlGtidSet.parse(A + ":1-5:mytag:7").encode();

    assertThat(HexFormat.of().formatHex(encoded))
        .isEqualTo(
            "0102000000000001"
                + "3e11fa4771ca11e19e33c80aa9429562"
                + "00"
                + "0100000000000000"
                + "01000000000000000600000000000000"
                + "3e11fa4771ca11e19e33c80aa9429562"
                + "0a6d79746167"
                + "0100000000000000"
                + "07000000000000000800000000000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5:9"})
  void previousGtidsOfAFileAreRead(String text) {
    for (String tagged : List.of(text, text + "," + F + ":3:abc:1-2:4:b:9")) {
      MysqlGtidSet set = MysqlGtidSet.parse(tagged);

      assertThat(MysqlGtidSet.read(new ByteReader(set.encode()))).isEqualTo(set);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000 3e11fa4771ca11e19e33c80aa9429562 0000000000000000",
        "0100000000000000 3e11fa4771ca11e19e33c80aa9429562 0100000000000000"
            + "0500000000000000 0500000000000000",
        "0000000000000000 00",
        "0200000000000000",
        "0101000000000001 3e11fa4771ca11e19e33c80aa9429562 0230 0100000000000000"
            + "0500000000000000 0600000000000000",
        "ffffffffffffffff",
      })
  void malformedBinaryFormIsRejected(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(() -> MysqlGtidSet.read(new ByteReader(bytes)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void setContainsExactlyTheAddedNumbers(long seed) {
    Random random = new Random(seed);
    Set<Long> model = new HashSet<>();
    MysqlGtidSet set = new MysqlGtidSet();

    for (int i = 0; i < 400; i++) {
      long number = 1 + random.nextInt(500);
      model.add(number);
      set.add(
          random.nextBoolean()
              ? A
              : new UUID(A.getMostSignificantBits(), A.getLeastSignificantBits()),
          number);
      set.add(F, i + 1);
      if (i % 40 == 0) {
        assertSame(set, model);
      }
    }

    assertSame(set, model);
    assertThat(set.contains(F, 400)).isTrue();
    assertThat(MysqlGtidSet.parse(set.toString())).isEqualTo(set).hasSameHashCodeAs(set);
  }

  private static void assertSame(MysqlGtidSet set, Set<Long> model) {
    for (long number = 1; number <= 501; number++) {
      assertThat(set.contains(A, number)).isEqualTo(model.contains(number));
    }
    assertThat(set.toString()).startsWith(A + intervalsOf(model));
  }

  private static String intervalsOf(Set<Long> model) {
    StringBuilder text = new StringBuilder();
    for (long first = 1; first <= 501; first++) {
      long last = first;
      while (model.contains(last)) {
        last++;
      }
      if (last > first) {
        text.append(':').append(first).append(last - 1 > first ? "-" + (last - 1) : "");
        first = last;
      }
    }
    return text.append(',').toString();
  }

  @Test
  void longListOfGapsIsFilledInAnyOrder() {
    MysqlGtidSet set = new MysqlGtidSet();
    List<Long> evens = new ArrayList<>();
    for (long number = 1; number <= 20_000; number += 2) {
      set.add(A, number);
      evens.add(number + 1);
    }
    Collections.shuffle(evens.subList(0, 2000), new Random(1));

    evens.forEach(number -> set.add(A, number));

    assertThat(set).hasToString(A + ":1-20000");
  }

  @Test
  void descendingIntervalsAreMalformedInTheBinaryForm() {
    LittleEndian set = new LittleEndian().number(1, 8);
    source(set, A, 5, 1);

    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(() -> MysqlGtidSet.read(new ByteReader(set.toBytes())))
        .withMessage(
            "Expected an interval of GTIDs that starts at 6 or later but got 1 to 2 (exclusive)");
  }

  @Test
  void duplicateSourceIsMalformedInTheBinaryForm() {
    LittleEndian set = new LittleEndian().number(2, 8);
    source(set, A, 5);
    source(set, A, 7);

    assertThatExceptionOfType(MalformedBytesException.class)
        .isThrownBy(() -> MysqlGtidSet.read(new ByteReader(set.toBytes())))
        .withMessage("Expected " + A + " once in a GTID set");
  }

  /** Single numbers as a source's intervals. */
  private static void source(LittleEndian set, UUID server, long... numbers) {
    set.bytes(
        ByteBuffer.allocate(16)
            .putLong(server.getMostSignificantBits())
            .putLong(server.getLeastSignificantBits())
            .array());
    set.number(numbers.length, 8);
    for (long number : numbers) {
      set.number(number, 8).number(number + 1, 8);
    }
  }

  @Test
  @Timeout(20)
  void textWithDescendingIntervalsIsSortedOnce() {
    StringBuilder text = new StringBuilder(A.toString());
    for (int i = 400_000; i > 0; i--) {
      text.append(':').append(2L * i);
    }

    MysqlGtidSet set = MysqlGtidSet.parse(text.toString());
    set.addAll(MysqlGtidSet.parse(text.toString().replace("0:", "1:")));

    assertThat(set.contains(A, 2)).isTrue();
    assertThat(set.contains(A, 3)).isFalse();
    assertThat(set.contains(A, 800_000)).isTrue();
  }
}
