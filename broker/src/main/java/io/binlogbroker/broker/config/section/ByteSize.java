package io.binlogbroker.broker.config.section;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of bytes, written like {@code 8MiB}, {@code 64KB} or as a plain number of bytes. */
public record ByteSize(long bytes) {
  private static final Pattern SHAPE = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
  private static final Map<String, Long> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("gib", 1L << 30);
    UNITS.put("mib", 1L << 20);
    UNITS.put("kib", 1L << 10);
    UNITS.put("gb", 1_000_000_000L);
    UNITS.put("mb", 1_000_000L);
    UNITS.put("kb", 1_000L);
    UNITS.put("b", 1L);
    UNITS.put("", 1L);
  }

  public static ByteSize parse(String text) {
    Matcher matcher = SHAPE.matcher(text.strip());
    Long unit = matcher.matches() ? UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("expected a size such as \"8MiB\", \"64KB\" or 4096");
    }
    BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
    if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("expected a size below 8388608TiB");
    }
    return new ByteSize(bytes.longValueExact());
  }

  @Override
  public String toString() {
    if (bytes >= 1 << 30 && bytes % (1 << 30) == 0) {
      return (bytes >> 30) + "GiB";
    }
    if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + "MiB";
    }
    return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
  }
}
