package io.binlogbroker.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.bytes.ByteReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares random sets with gaps and tags to bit sets. */
class GtidSetAlgebraTest {
  private static final int NUMBERS = 120;
  private static final List<GtidSource> SOURCES =
      List.of(
          source("00000000-0000-0000-0000-000000000001", ""),
          source("00000000-0000-0000-0000-000000000001", "a"),
          source("00000000-0000-0000-0000-000000000001", "a1"),
          source("7fffffff-0000-0000-8000-000000000000", ""),
          source("80000000-0000-0000-8000-000000000000", "z_"));

  private static GtidSource source(String uuid, String tag) {
    return new GtidSource(UUID.fromString(uuid), tag);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void unionDifferenceAndContainmentMatchBitSets(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      BitSet one = bits(random);
      BitSet other = random.nextInt(3) == 0 ? partOf(one, random) : bits(random);

      MysqlGtidSet union = set(one, random);
      union.addAll(set(other, random));
      assertThat(union).isEqualTo(set(or(one, other), random));

      MysqlGtidSet rest = set(one, random).without(set(other, random));
      assertThat(rest).isEqualTo(set(without(one, other), random));
      assertThat(rest.isEmpty()).isEqualTo(without(one, other).isEmpty());

      assertThat(set(one, random).containsAll(set(other, random)))
          .isEqualTo(without(other, one).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24, 25})
  void textAndBytesRoundTrip(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      BitSet model = bits(random);
      MysqlGtidSet set = set(model, random);

      assertThat(MysqlGtidSet.parse(set.toString())).hasToString(set.toString());
      assertThat(MysqlGtidSet.read(new ByteReader(set.encode()))).hasToString(set.toString());
      for (int bit = 0; bit < SOURCES.size() * NUMBERS; bit++) {
        GtidSource source = SOURCES.get(bit / NUMBERS);
        assertThat(set.contains(source.server(), source.tag(), bit % NUMBERS + 1L))
            .isEqualTo(model.get(bit));
      }
    }
  }

  @Test
  void setsOfAnyLengthRoundTrip() {
    MysqlGtidSet set = new MysqlGtidSet();
    UUID server = SOURCES.get(0).server();
    for (long number = 1; number < 2_000_000; number += 2) {
      set.add(server, number);
    }

    byte[] encoded = set.encode();

    assertThat(encoded).hasSize(8 + 16 + 8 + 16 * 1_000_000);
    assertThat(MysqlGtidSet.read(new ByteReader(encoded)).without(set).isEmpty()).isTrue();
    assertThat(MysqlGtidSet.parse(set.toString()).containsAll(set)).isTrue();
  }

  /** A bit for each number of each source, in runs. */
  private static BitSet bits(Random random) {
    BitSet bits = new BitSet();
    int runs = random.nextInt(30);
    for (int i = 0; i < runs; i++) {
      int from = random.nextInt(SOURCES.size() * NUMBERS);
      bits.set(from, Math.min(from + 1 + random.nextInt(12), SOURCES.size() * NUMBERS));
    }
    return bits;
  }

  private static BitSet partOf(BitSet whole, Random random) {
    BitSet part = new BitSet();
    whole.stream().filter(bit -> random.nextInt(4) > 0).forEach(part::set);
    return part;
  }

  private static MysqlGtidSet set(BitSet bits, Random random) {
    List<Integer> order = new ArrayList<>(bits.stream().boxed().toList());
    Collections.shuffle(order, random);
    MysqlGtidSet set = new MysqlGtidSet();
    for (int bit : order) {
      GtidSource source = SOURCES.get(bit / NUMBERS);
      set.add(source.server(), source.tag(), bit % NUMBERS + 1L);
    }
    return set;
  }

  private static BitSet or(BitSet one, BitSet other) {
    BitSet both = (BitSet) one.clone();
    both.or(other);
    return both;
  }

  private static BitSet without(BitSet one, BitSet other) {
    BitSet rest = (BitSet) one.clone();
    rest.andNot(other);
    return rest;
  }
}
