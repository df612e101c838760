package io.binlogbroker.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalsTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void intervalsMatchABitSet(long seed) {
    Random random = new Random(seed);
    BitSet model = new BitSet();
    Intervals intervals = new Intervals();

    for (int i = 0; i < 60; i++) {
      int first = 1 + random.nextInt(900);
      int last = first + random.nextInt(12);
      model.set(first, last + 1);
      intervals.add(first, last);

      assertThat(asBits(intervals)).isEqualTo(model);
      assertApart(intervals);
    }

    for (int number = 0; number < 1000; number++) {
      assertThat(intervals.contains(number)).isEqualTo(model.get(number));
    }
  }

  @Test
  void intervalCanMergeAllOthers() {
    Intervals intervals = new Intervals();
    for (int i = 1; i < 100; i += 3) {
      intervals.add(i, i);
    }

    intervals.add(1, 1000);

    assertThat(intervals.count()).isEqualTo(1);
    assertThat(intervals.last(0)).isEqualTo(1000);
  }

  private static BitSet asBits(Intervals intervals) {
    BitSet bits = new BitSet();
    for (int i = 0; i < intervals.count(); i++) {
      bits.set((int) intervals.first(i), (int) intervals.last(i) + 1);
    }
    return bits;
  }

  private static void assertApart(Intervals intervals) {
    for (int i = 1; i < intervals.count(); i++) {
      assertThat(intervals.first(i)).isGreaterThan(intervals.last(i - 1) + 1);
    }
  }
}
