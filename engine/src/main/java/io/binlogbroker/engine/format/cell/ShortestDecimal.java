package io.binlogbroker.engine.format.cell;

/**
 * Writes a float or double as the shortest decimal that reads back to it, as {@code
 * Double.toString} does from JDK 19 on (earlier ones print too many digits at times, JDK-4511638).
 * Mutable; belongs to one thread.
 *
 * <p>The search is Raffaello Giulietti's Schubfach ("The Schubfach way to render doubles", 2020):
 * of the decimals within the number's rounding interval it selects the shortest, and of those the
 * closest; the names below are those of the paper.
 */
public final class ShortestDecimal {
  private static final int FRACTION_BITS = 52;
  private static final int SMALLEST_Q = -1074;
  private static final int FLOAT_FRACTION_BITS = 23;
  private static final int FLOAT_SMALLEST_Q = -149;

  /** Subnormals below this have a single digit; scaling them adds the next digit. */
  private static final int TINY = 3;

  private static final int FLOAT_TINY = 8;

  /**
   * Numbers with up to this many digits are in plain notation, as in Java; larger ones in
   * scientific notation.
   */
  private static final int PLAIN_DIGITS = 7;

  private static final long LOW_63 = Long.MAX_VALUE;

  private static final byte[] ZERO = OutputBuffer.ascii("0.0");
  private static final byte[] LEADING_ZEROS = OutputBuffer.ascii("0.00");
  private static final byte[] POINT_ZERO = OutputBuffer.ascii(".0");

  private long digits;
  private int exponent;

  /**
   * @param value finite
   */
  public void write(double value, OutputBuffer out) {
    if (writeSmallWhole(value, Double.doubleToRawLongBits(value) < 0, out)) {
      return;
    }
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & ((1L << FRACTION_BITS) - 1);
    int biased = (int) (bits >>> FRACTION_BITS) & 0x7ff;
    find(fraction, biased, FRACTION_BITS, SMALLEST_Q, TINY);
    layOut(out);
  }

  /**
   * @param value finite
   */
  public void write(float value, OutputBuffer out) {
    if (writeSmallWhole(value, Float.floatToRawIntBits(value) < 0, out)) {
      return;
    }
    int bits = Float.floatToRawIntBits(value);
    int fraction = bits & ((1 << FLOAT_FRACTION_BITS) - 1);
    int biased = bits >>> FLOAT_FRACTION_BITS & 0xff;
    find(fraction, biased, FLOAT_FRACTION_BITS, FLOAT_SMALLEST_Q, FLOAT_TINY);
    layOut(out);
  }

  /** Writes the sign, and the whole number if it is a small integer in plain notation. */
  private static boolean writeSmallWhole(double value, boolean negative, OutputBuffer out) {
    if (negative) {
      out.put('-');
    }
    if (value == 0) {
      out.put(ZERO);
      return true;
    }
    double size = Math.abs(value);
    long whole = (long) size;
    if (size != whole || whole >= 10_000_000) {
      return false;
    }
    out.number(whole);
    out.put(POINT_ZERO);
    return true;
  }

  private void find(long fraction, int biased, int fractionBits, int smallestQ, int tiny) {
    if (biased > 0) {
      int q = smallestQ + biased - 1;
      search(q, fraction | (1L << fractionBits), fraction == 0 && biased > 1);
      return;
    }
    if (fraction < tiny) {
      search(smallestQ, fraction * 10, false);
      exponent--;
      return;
    }
    search(smallestQ, fraction, false);
  }

  /** Finds the decimal of {@code c * 2^q}; at a power of two the interval below is half as wide. */
  private void search(int q, long c, boolean powerOfTwo) {
    int k = powerOfTwo ? PowersOfTen.floorLog10OfThreeQuarters(q) : PowersOfTen.floorLog10(q);
    int h = q + PowersOfTen.floorLog2(-k) + 2;
    long high = PowersOfTen.high(-k);
    long low = PowersOfTen.low(-k);
    long out = c & 1;
    long middle = roundToOdd(high, low, (c << 2) << h);
    long lower = roundToOdd(high, low, ((c << 2) - (powerOfTwo ? 1 : 2)) << h) + out;
    long upper = roundToOdd(high, low, ((c << 2) + 2) << h) - out;
    exponent = k;
    digits = choose(middle, lower, upper);
  }

  /**
   * Chooses the decimal. The parameters are four times the number and the bounds of its interval,
   * in units of {@code 10^k}.
   */
  private static long choose(long middle, long lower, long upper) {
    long s = middle >> 2;
    if (s >= 100) {
      long shorter = s / 10 * 10;
      boolean below = lower <= shorter << 2;
      boolean above = (shorter + 10) << 2 <= upper;
      if (below != above) {
        return below ? shorter : shorter + 10;
      }
    }
    boolean below = lower <= s << 2;
    boolean above = (s + 1) << 2 <= upper;
    if (below != above) {
      return below ? s : s + 1;
    }
    long aboveHalf = middle - ((2 * s + 1) << 1);
    return aboveHalf < 0 || (aboveHalf == 0 && (s & 1) == 0) ? s : s + 1;
  }

  /** {@code power * scaled / 2^127}, with its lowest bit set if any bits were cut off. */
  private static long roundToOdd(long high, long low, long scaled) {
    long carry = Math.multiplyHigh(low, scaled);
    long middle = ((high * scaled) >>> 1) + carry;
    long top = Math.multiplyHigh(high, scaled) + (middle >>> 63);
    return top | (((middle & LOW_63) + LOW_63) >>> 63);
  }

  private void layOut(OutputBuffer out) {
    while (digits % 10 == 0) {
      digits /= 10;
      exponent++;
    }
    int count = PowersOfTen.digitCount(digits);
    int point = count + exponent;
    if (point > PLAIN_DIGITS || point <= -3) {
      scientific(count, point - 1, out);
      return;
    }
    if (point <= 0) {
      out.put(LEADING_ZEROS, 0, 2 - point);
      out.number(digits);
      return;
    }
    split(count - point, out);
  }

  private void scientific(int count, int power, OutputBuffer out) {
    split(count - 1, out);
    out.put('E');
    out.number(power);
  }

  /**
   * Writes the decimal point before the last {@code decimals} digits; at least one digit follows
   * it.
   */
  private void split(int decimals, OutputBuffer out) {
    if (decimals <= 0) {
      out.number(digits * PowersOfTen.small(-decimals));
      out.put(POINT_ZERO);
      return;
    }
    long unit = PowersOfTen.small(decimals);
    out.number(digits / unit);
    out.put('.');
    out.padded(digits % unit, decimals);
  }
}
