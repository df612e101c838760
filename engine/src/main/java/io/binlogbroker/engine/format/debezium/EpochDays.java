package io.binlogbroker.engine.format.debezium;

/** Counts days from 1970-01-01, in the proleptic Gregorian calendar. Stateless. */
final class EpochDays {
  private static final int[] LENGTHS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private EpochDays() {}

  /**
   * Whether a date exists; false for zero and partial dates, and for dates such as February 30th,
   * which a server can store.
   */
  static boolean isDay(int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1 || day > LENGTHS[month - 1]) {
      return false;
    }
    return month != 2 || day < 29 || isLeap(year);
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** Howard Hinnant's days_from_civil: years begin in March, so that a leap day ends one. */
  static long of(int year, int month, int day) {
    long fromMarch = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(fromMarch, 400L);
    long yearOfEra = fromMarch - era * 400;
    long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 719_468;
  }
}
