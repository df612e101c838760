package io.binlogbroker.broker.format;

/** Counts days from 1970-01-01, in the calendar that goes on before it was made. Without state. */
final class EpochDays {
  private EpochDays() {}

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
