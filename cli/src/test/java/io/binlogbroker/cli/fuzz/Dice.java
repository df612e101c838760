package io.binlogbroker.cli.fuzz;

import java.util.List;
import java.util.Random;

/** Random choices, repeatable with a seed. One thread. */
final class Dice {
  private final Random random;

  Dice(long seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Both bounds are inclusive. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** A size with uniformly distributed magnitude. */
  long number() {
    return random.nextLong() >> random.nextInt(64);
  }

  long bits() {
    return random.nextLong();
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  /** A literal of random bytes. */
  String bytes(int count) {
    StringBuilder hex = new StringBuilder("x'");
    for (int i = 0; i < count; i++) {
      hex.append("%02x".formatted(chance(10) ? 0 : random.nextInt(256)));
    }
    return hex.append('\'').toString();
  }
}
