package io.binlogbroker.demo;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Generates random names, texts and times, the same ones for the same seed. One thread. */
final class ShopWords {
  private static final List<String> GOODS =
      List.of("龙井茶", "订单本", "Teapot", "Café crème", "紫砂壶", "Kite", "Atlas", "積み木", "Матрёшка");
  private static final List<String> PEOPLE =
      List.of("李雷", "韩梅梅", "Zoë", "Björn", "Noor", "さくら", "Ana", "Иван");
  private static final List<String> STREETS =
      List.of("文三路 %d 号", "%d Harbour Road", "Straße des Friedens %d", "南京东路 %d 号");
  private static final List<String> PHRASES =
      List.of(
          "刚到货 🎁", "line one\nline two", "say \"hi\"", "50% off", "c:\\temp", "tab\there", "好茶!");

  private final Random random;
  private LocalDateTime now = LocalDateTime.of(2026, 11, 22, 8, 24);

  ShopWords(long seed) {
    this.random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number from 1 to {@code max}; small ones are more frequent. */
  int few(int max) {
    return 1 + random.nextInt(1 + random.nextInt(max));
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** From 1 to {@code count} distinct members of a list that is not empty. */
  <T> List<T> some(List<T> of, int count) {
    Set<T> drawn = new LinkedHashSet<>();
    for (int draw = 0; draw < count; draw++) {
      drawn.add(one(of));
    }
    return List.copyOf(drawn);
  }

  <T> @Nullable T orNull(T value) {
    return random.nextInt(3) == 0 ? null : value;
  }

  String goods() {
    return one(GOODS);
  }

  String person() {
    return one(PEOPLE);
  }

  String address() {
    return one(STREETS).formatted(1 + random.nextInt(400));
  }

  String phrase() {
    return one(PHRASES);
  }

  double fraction() {
    return random.nextDouble();
  }

  byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A time later than in the previous call, in microseconds. */
  LocalDateTime now() {
    now = now.plus(1 + random.nextInt(3_000_000), ChronoUnit.MICROS);
    return now;
  }
}
