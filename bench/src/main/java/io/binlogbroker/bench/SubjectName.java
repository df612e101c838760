package io.binlogbroker.bench;

import java.util.Locale;

/** The names of the subjects on the command line. */
enum SubjectName {
  BROKER_EXACTLY_ONCE,
  BROKER_AT_LEAST_ONCE,
  PRODUCER,
  DEBEZIUM,
  DEBEZIUM_INCREMENTAL;

  /** Whether it has messages of its own format. */
  boolean isRival() {
    return switch (this) {
      case BROKER_EXACTLY_ONCE, BROKER_AT_LEAST_ONCE, PRODUCER -> false;
      case DEBEZIUM, DEBEZIUM_INCREMENTAL -> true;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
