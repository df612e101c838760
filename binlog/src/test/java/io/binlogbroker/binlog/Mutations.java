package io.binlogbroker.binlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/**
 * Mutates samples at random and passes them to a reader, which may only throw the declared
 * exceptions. Prints its seed first and, at the end, counts and the time per byte by input length,
 * which reveals superlinear time. {@code -Dfuzz.mutations=1000000} sets the number of mutations,
 * {@code -Dfuzz.seed=...} repeats a run. One thread.
 */
public final class Mutations {
  private static final int BY_DEFAULT = 10_000;
  private static final int LONGEST = 256 * 1024;
  private static final int MOST_STEPS = 4;
  private static final int SHOWN = 4096;

  /** Number of length classes: up to 256 bytes, then each four times the previous one. */
  private static final int CLASSES = 6;

  private static final int SHORTEST_BITS = 8;

  /** Boundary values of lengths, counts and signs. */
  private static final int[] EDGES = {0, 1, 0x7F, 0x80, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF};

  private final String name;
  private final List<byte[]> samples;
  private final Set<Class<? extends Exception>> declared;
  private final List<byte[]> words;
  private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private long read;
  private long refused;
  private final long[] nanosOf = new long[CLASSES];
  private final long[] bytesOf = new long[CLASSES];
  private long slowestNanos;
  private int slowestLength;

  /** The reader under test. */
  public interface Reader {
    void read(byte[] damaged) throws Exception;
  }

  private Mutations(
      String name,
      List<byte[]> samples,
      Set<Class<? extends Exception>> declared,
      List<byte[]> words) {
    this.name = name;
    this.samples = samples;
    this.declared = declared;
    this.words = words;
  }

  /**
   * @param name of the reader, for the output
   * @param declared exceptions that the reader may throw
   */
  public static Mutations of(
      String name, List<byte[]> samples, Set<Class<? extends Exception>> declared) {
    return new Mutations(name, samples, declared, List.of());
  }

  /**
   * Mutations of texts in UTF-8.
   *
   * @param words inserted at random, because a reader may handle them wrongly
   */
  public static Mutations ofTexts(
      String name,
      List<String> samples,
      Set<Class<? extends Exception>> declared,
      List<String> words) {
    return new Mutations(name, bytes(samples), declared, bytes(words));
  }

  private static List<byte[]> bytes(List<String> texts) {
    return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /**
   * Runs all mutations.
   *
   * @throws AssertionError if the reader throws an undeclared exception
   */
  public void run(Reader reader) {
    int count = Integer.getInteger("fuzz.mutations", BY_DEFAULT);
    System.out.printf("fuzz of %s: seed %d%n", name, seed);
    samples.forEach(sample -> attempt(reader, sample, -1));
    for (int i = 0; i < count; i++) {
      attempt(reader, damaged(), i);
    }
    System.out.printf(
        "fuzz of %s: seed %d, %d mutations, %d read, %d refused, slowest %d ms for %d bytes,"
            + " ns a byte %s%n",
        name,
        seed,
        count,
        read,
        refused,
        TimeUnit.NANOSECONDS.toMillis(slowestNanos),
        slowestLength,
        perByte());
  }

  /** Nanoseconds per byte, such as {@code <=256: 90, <=1024: 60}. */
  private String perByte() {
    StringJoiner classes = new StringJoiner(", ");
    for (int i = 0; i < CLASSES; i++) {
      if (bytesOf[i] > 0) {
        classes.add("<=%d: %d".formatted(1 << SHORTEST_BITS + 2 * i, nanosOf[i] / bytesOf[i]));
      }
    }
    return classes.toString();
  }

  private void attempt(Reader reader, byte[] bytes, int number) {
    long start = System.nanoTime();
    try {
      reader.read(bytes);
      read++;
    } catch (Exception | StackOverflowError e) {
      if (declared.stream().noneMatch(type -> type.isInstance(e))) {
        throw new AssertionError(
            "fuzz of %s: seed %d, mutation %d ends with what is not declared; %d bytes: %s"
                .formatted(name, seed, number, bytes.length, shown(bytes)),
            e);
      }
      refused++;
    }
    long nanos = System.nanoTime() - start;
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(bytes.length, 1) - 1);
    int lengths = Math.max(0, bits - SHORTEST_BITS + 1) / 2;
    nanosOf[lengths] += nanos;
    bytesOf[lengths] += bytes.length;
    if (nanos > slowestNanos) {
      slowestNanos = nanos;
      slowestLength = bytes.length;
    }
  }

  private String shown(byte[] bytes) {
    byte[] first = Arrays.copyOf(bytes, Math.min(SHOWN, bytes.length));
    return words.isEmpty()
        ? HexFormat.of().formatHex(first)
        : new String(first, StandardCharsets.UTF_8);
  }

  private byte[] damaged() {
    byte[] bytes = sample();
    for (int step = random.nextInt(MOST_STEPS); step >= 0; step--) {
      bytes = damaged(bytes);
    }
    return bytes.length <= LONGEST ? bytes : Arrays.copyOf(bytes, LONGEST);
  }

  private byte[] sample() {
    return samples.get(random.nextInt(samples.size()));
  }

  private byte[] damaged(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int end = at + random.nextInt(Math.min(64, bytes.length - at) + 1);
    return switch (random.nextInt(words.isEmpty() ? 8 : 10)) {
      case 0 -> changed(bytes, at, (byte) random.nextInt(256));
      case 1 -> at == bytes.length ? bytes : changed(bytes, at, (byte) (bytes[at] ^ bit()));
      case 2 -> changed(bytes, at, (byte) EDGES[random.nextInt(EDGES.length)]);
      case 3 -> spliced(bytes, at, end, new byte[0]);
      case 4 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
      case 5 -> random.nextInt(8) == 0 ? repeated(bytes, at, end) : Arrays.copyOf(bytes, at);
      case 6 -> spliced(bytes, at, end, part(sample()));
      case 7 -> numbered(bytes, at);
      default -> spliced(bytes, at, at, words.get(random.nextInt(words.size())));
    };
  }

  private int bit() {
    return 1 << random.nextInt(8);
  }

  private static byte[] changed(byte[] bytes, int at, byte value) {
    byte[] copy = bytes.clone();
    if (at < copy.length) {
      copy[at] = value;
    }
    return copy;
  }

  /** Writes a boundary value of 2, 4 or 8 bytes. */
  private byte[] numbered(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    int length = 2 << random.nextInt(3);
    byte low = (byte) EDGES[random.nextInt(EDGES.length)];
    byte high = (byte) EDGES[random.nextInt(EDGES.length)];
    for (int i = at; i < Math.min(copy.length, at + length); i++) {
      copy[i] = i == at ? low : high;
    }
    return copy;
  }

  private byte[] part(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    return Arrays.copyOfRange(bytes, at, at + random.nextInt(Math.min(64, bytes.length - at) + 1));
  }

  /** Repeats a part, which can take superlinear time. */
  private byte[] repeated(byte[] bytes, int at, int end) {
    byte[] slice = Arrays.copyOfRange(bytes, at, end);
    int times = slice.length == 0 ? 0 : Math.min(1 << random.nextInt(14), LONGEST / slice.length);
    byte[] more = new byte[slice.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(slice, 0, more, i * slice.length, slice.length);
    }
    return spliced(bytes, at, at, more);
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] other) {
    byte[] result = new byte[bytes.length - (to - from) + other.length];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(other, 0, result, from, other.length);
    System.arraycopy(bytes, to, result, from + other.length, bytes.length - to);
    return result;
  }
}
