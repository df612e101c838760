package io.binlogbroker.bench;

import java.util.Locale;

/** The names of the subjects on the command line. */
enum SubjectName {
  BROKER_EXACTLY_ONCE,
  BROKER_AT_LEAST_ONCE,
  PRODUCER,
  READING_PRODUCER,
  DEBEZIUM,
  DEBEZIUM_INCREMENTAL;

  /** Whether it has messages of its own format. */
  boolean isRival() {
    return switch (this) {
      case BROKER_EXACTLY_ONCE, BROKER_AT_LEAST_ONCE, PRODUCER, READING_PRODUCER -> false;
      case DEBEZIUM, DEBEZIUM_INCREMENTAL -> true;
    };
  }

  /** Whether it reads rows that exist already. */
  boolean readsTables() {
    return this == READING_PRODUCER || this == DEBEZIUM_INCREMENTAL;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
