package io.binlogbroker.client.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.format.ChangeFormat;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts to dates and times. Stateless. */
final class Times {
  private static final Pattern TIME =
      Pattern.compile("(-?)(\\d{1,3}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,9}))?");
  private static final int MILLIS_DIGITS = 3;
  private static final int MICROS_DIGITS = 6;
  private static final long MICROS = 1_000_000;

  private Times() {}

  static Object toDate(JsonNode value, ChangeFormat format) {
    if (format == ChangeFormat.DEBEZIUM_JSON && value.isIntegralNumber()) {
      return parsed(() -> LocalDate.ofEpochDay(count(value)));
    }
    String text = text(value);
    return parsed(() -> LocalDate.parse(text));
  }

  /**
   * Converts a DATETIME.
   *
   * @param fraction the number of fractional digits of the column; -1 if unspecified
   */
  static Object toDateTime(JsonNode value, ChangeFormat format, int fraction) {
    if (format == ChangeFormat.DEBEZIUM_JSON && value.isIntegralNumber()) {
      return epoch(count(value), fraction);
    }
    String text = text(value);
    if (text.endsWith("Z")) {
      throw new ConversionException("a TIMESTAMP is a point in time: declare Instant");
    }
    return parsed(() -> LocalDateTime.parse(text.replace(' ', 'T')));
  }

  private static LocalDateTime epoch(long count, int fraction) {
    if (fraction < 0 || fraction > MICROS_DIGITS) {
      throw new ConversionException(
          "the message does not contain the unit, milliseconds or microseconds: specify @SourceColumn(fraction = n)");
    }
    ChronoUnit unit = fraction <= MILLIS_DIGITS ? ChronoUnit.MILLIS : ChronoUnit.MICROS;
    return (LocalDateTime)
        parsed(() -> LocalDateTime.ofInstant(Instant.EPOCH.plus(count, unit), ZoneOffset.UTC));
  }

  /** A number of days, milliseconds or microseconds. */
  private static long count(JsonNode value) {
    if (!value.canConvertToLong()) {
      throw new ConversionException("expected a number of at most 64 bits");
    }
    return value.longValue();
  }

  static Object toInstant(JsonNode value, ChangeFormat format) {
    String text = text(value);
    if (text.endsWith("Z")) {
      return parsed(() -> Instant.parse(text.replace(' ', 'T')));
    }
    if (!format.isTimestampBare()) {
      throw new ConversionException("a DATETIME is not a point in time: declare LocalDateTime");
    }
    return parsed(() -> LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC));
  }

  static Duration toDuration(JsonNode value, ChangeFormat format) {
    if (format == ChangeFormat.DEBEZIUM_JSON && value.isIntegralNumber()) {
      long micros = count(value);
      return Duration.ofSeconds(
          Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
    }
    Matcher time = TIME.matcher(text(value));
    if (!time.matches()) {
      throw new ConversionException("expected a TIME such as -838:59:59.000000");
    }
    long seconds =
        Long.parseLong(time.group(2)) * 3600
            + Long.parseLong(time.group(3)) * 60
            + Long.parseLong(time.group(4));
    String digits = time.group(5) == null ? "" : time.group(5);
    long nanos = Long.parseLong((digits + "000000000").substring(0, 9));
    Duration duration = Duration.ofSeconds(seconds, nanos);
    return time.group(1).isEmpty() ? duration : duration.negated();
  }

  static Object toTimeOfDay(JsonNode value, ChangeFormat format) {
    Duration time = toDuration(value, format);
    if (time.isNegative() || time.compareTo(Duration.ofDays(1)) >= 0) {
      throw new ConversionException("expected a time within a day: declare Duration");
    }
    return LocalTime.MIDNIGHT.plus(time);
  }

  private static String text(JsonNode value) {
    if (!value.isTextual()) {
      throw new ConversionException("expected a string");
    }
    return value.textValue();
  }

  private static Object parsed(Supplier<Object> parse) {
    try {
      return parse.get();
    } catch (DateTimeException | ArithmeticException e) {
      throw new ConversionException(
          "expected a valid date or time of this type; declare String if there may be zero dates",
          e);
    }
  }
}
