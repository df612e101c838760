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
  private static final int DEFAULT_COUNT = 10_000;
  private static final int MAX_LENGTH = 256 * 1024;
  private static final int MAX_STEPS = 4;
  private static final int MAX_SHOWN = 4096;

  /** Number of length classes: up to 256 bytes, then each four times the previous one. */
  private static final int CLASSES = 6;

  private static final int SHORTEST_BITS = 8;

  /** Boundary values of lengths, counts and signs. */
  private static final int[] BOUNDARY_VALUES = {
    0, 1, 0x7F, 0x80, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF
  };

  private final String name;
  private final List<byte[]> samples;
  private final Set<Class<? extends Exception>> declared;
  private final List<byte[]> words;
  private final long seed = Long.getLong("fuzz.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private long read;
  private long rejected;
  private final long[] nanosByClass = new long[CLASSES];
  private final long[] bytesByClass = new long[CLASSES];
  private long slowestNanos;
  private int slowestLength;

  /** The reader under test. */
  public interface Reader {
    void read(byte[] mutated) throws Exception;
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
    int count = Integer.getInteger("fuzz.mutations", DEFAULT_COUNT);
    System.out.printf("fuzz of %s: seed %d%n", name, seed);
    samples.forEach(sample -> attempt(reader, sample, -1));
    for (int i = 0; i < count; i++) {
      attempt(reader, mutated(), i);
    }
    System.out.printf(
        "fuzz of %s: seed %d, %d mutations, %d read, %d rejected, slowest %d ms for %d bytes,"
            + " ns per byte %s%n",
        name,
        seed,
        count,
        read,
        rejected,
        TimeUnit.NANOSECONDS.toMillis(slowestNanos),
        slowestLength,
        nanosPerByte());
  }

  /** Nanoseconds per byte, such as {@code <=256: 90, <=1024: 60}. */
  private String nanosPerByte() {
    StringJoiner classes = new StringJoiner(", ");
    for (int i = 0; i < CLASSES; i++) {
      if (bytesByClass[i] > 0) {
        classes.add(
            "<=%d: %d".formatted(1 << SHORTEST_BITS + 2 * i, nanosByClass[i] / bytesByClass[i]));
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
            "fuzz of %s: seed %d, mutation %d throws an undeclared exception; %d bytes: %s"
                .formatted(name, seed, number, bytes.length, shown(bytes)),
            e);
      }
      rejected++;
    }
    long nanos = System.nanoTime() - start;
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(bytes.length, 1) - 1);
    int lengths = Math.max(0, bits - SHORTEST_BITS + 1) / 2;
    nanosByClass[lengths] += nanos;
    bytesByClass[lengths] += bytes.length;
    if (nanos > slowestNanos) {
      slowestNanos = nanos;
      slowestLength = bytes.length;
    }
  }

  private String shown(byte[] bytes) {
    byte[] first = Arrays.copyOf(bytes, Math.min(MAX_SHOWN, bytes.length));
    return words.isEmpty()
        ? HexFormat.of().formatHex(first)
        : new String(first, StandardCharsets.UTF_8);
  }

  private byte[] mutated() {
    byte[] bytes = sample();
    for (int step = random.nextInt(MAX_STEPS); step >= 0; step--) {
      bytes = mutated(bytes);
    }
    return bytes.length <= MAX_LENGTH ? bytes : Arrays.copyOf(bytes, MAX_LENGTH);
  }

  private byte[] sample() {
    return samples.get(random.nextInt(samples.size()));
  }

  private byte[] mutated(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    int end = at + random.nextInt(Math.min(64, bytes.length - at) + 1);
    return switch (random.nextInt(words.isEmpty() ? 8 : 10)) {
      case 0 -> withByte(bytes, at, (byte) random.nextInt(256));
      case 1 -> at == bytes.length ? bytes : withByte(bytes, at, (byte) (bytes[at] ^ bit()));
      case 2 -> withByte(bytes, at, (byte) BOUNDARY_VALUES[random.nextInt(BOUNDARY_VALUES.length)]);
      case 3 -> splice(bytes, at, end, new byte[0]);
      case 4 -> splice(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
      case 5 -> random.nextInt(8) == 0 ? withRepetition(bytes, at, end) : Arrays.copyOf(bytes, at);
      case 6 -> splice(bytes, at, end, slice(sample()));
      case 7 -> withBoundaryValue(bytes, at);
      default -> splice(bytes, at, at, words.get(random.nextInt(words.size())));
    };
  }

  private int bit() {
    return 1 << random.nextInt(8);
  }

  private static byte[] withByte(byte[] bytes, int at, byte value) {
    byte[] copy = bytes.clone();
    if (at < copy.length) {
      copy[at] = value;
    }
    return copy;
  }

  /** Writes a boundary value of 2, 4 or 8 bytes. */
  private byte[] withBoundaryValue(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    int length = 2 << random.nextInt(3);
    byte low = (byte) BOUNDARY_VALUES[random.nextInt(BOUNDARY_VALUES.length)];
    byte high = (byte) BOUNDARY_VALUES[random.nextInt(BOUNDARY_VALUES.length)];
    for (int i = at; i < Math.min(copy.length, at + length); i++) {
      copy[i] = i == at ? low : high;
    }
    return copy;
  }

  private byte[] slice(byte[] bytes) {
    int at = random.nextInt(bytes.length + 1);
    return Arrays.copyOfRange(bytes, at, at + random.nextInt(Math.min(64, bytes.length - at) + 1));
  }

  /** Repeats a slice, which can take superlinear time. */
  private byte[] withRepetition(byte[] bytes, int at, int end) {
    byte[] slice = Arrays.copyOfRange(bytes, at, end);
    int times =
        slice.length == 0 ? 0 : Math.min(1 << random.nextInt(14), MAX_LENGTH / slice.length);
    byte[] more = new byte[slice.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(slice, 0, more, i * slice.length, slice.length);
    }
    return splice(bytes, at, at, more);
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] other) {
    byte[] result = new byte[bytes.length - (to - from) + other.length];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(other, 0, result, from, other.length);
    System.arraycopy(bytes, to, result, from + other.length, bytes.length - to);
    return result;
  }
}
