package io.binlogbroker.engine.format.cell;

import java.math.BigInteger;

/**
 * The powers of ten for {@link ShortestDecimal}, to 126 bits, and the logarithms it needs in
 * integer arithmetic. Constant.
 */
final class PowersOfTen {
  private static final int SMALLEST = -292;
  private static final int LARGEST = 324;
  private static final int BITS = 126;

  private static final long[] HIGH = new long[LARGEST - SMALLEST + 1];
  private static final long[] LOW = new long[LARGEST - SMALLEST + 1];
  private static final long[] SMALL = new long[19];

  static {
    BigInteger low63 = BigInteger.valueOf(Long.MAX_VALUE);
    for (int e = SMALLEST; e <= LARGEST; e++) {
      BigInteger g = scaled(e);
      HIGH[e - SMALLEST] = g.shiftRight(63).longValueExact();
      LOW[e - SMALLEST] = g.and(low63).longValueExact();
    }
    SMALL[0] = 1;
    for (int i = 1; i < SMALL.length; i++) {
      SMALL[i] = SMALL[i - 1] * 10;
    }
  }

  private PowersOfTen() {}

  /** {@code 10^e} scaled to 126 bits and rounded up, never exact: the search depends on that. */
  private static BigInteger scaled(int e) {
    int shift = BITS - 1 - floorLog2(e);
    if (e >= 0) {
      BigInteger power = BigInteger.TEN.pow(e);
      return (shift >= 0 ? power.shiftLeft(shift) : power.shiftRight(-shift)).add(BigInteger.ONE);
    }
    return BigInteger.ONE.shiftLeft(shift).divide(BigInteger.TEN.pow(-e)).add(BigInteger.ONE);
  }

  /** The upper 63 bits of {@code 10^e}. */
  static long high(int e) {
    return HIGH[e - SMALLEST];
  }

  /** The lower 63 bits of {@code 10^e}. */
  static long low(int e) {
    return LOW[e - SMALLEST];
  }

  /** {@code 10^e} itself, for 0 to 18. */
  static long small(int e) {
    return SMALL[e];
  }

  static int digitCount(long value) {
    int count = 1;
    while (count < SMALL.length && value >= SMALL[count]) {
      count++;
    }
    return count;
  }

  /** {@code floor(log10(2^e))}. */
  static int floorLog10(int e) {
    return (int) ((e * 661_971_961_083L) >> 41);
  }

  /** {@code floor(log10(3/4 * 2^e))}. */
  static int floorLog10OfThreeQuarters(int e) {
    return (int) ((e * 661_971_961_083L - 274_743_187_321L) >> 41);
  }

  /** {@code floor(log2(10^e))}. */
  static int floorLog2(int e) {
    return (int) ((e * 913_124_641_741L) >> 38);
  }
}
