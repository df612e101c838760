package io.binlogbroker.bench.delay;

import java.nio.charset.StandardCharsets;

/** The sending time in a row, extracted from the message without parsing it completely. */
final class SentTime {
  static final String COLUMN = "sent_us";
  private static final String NAME = '"' + COLUMN + "\":";

  private SentTime() {}

  /** The monotonic clock, in microseconds. */
  static long now() {
    return System.nanoTime() / 1_000;
  }

  static long of(byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    int from = text.indexOf(NAME) + NAME.length();
    if (from < NAME.length()) {
      throw new IllegalArgumentException("Expected " + NAME + " in " + text);
    }
    int to = from;
    while (to < text.length() && Character.isDigit(text.charAt(to))) {
      to++;
    }
    return Long.parseLong(text, from, to, 10);
  }
}
