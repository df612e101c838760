package io.binlogbroker.bench;

import java.util.Locale;

/** The names of the subjects on the command line. */
enum SubjectName {
  BROKER_EXACTLY_ONCE,
  BROKER_AT_LEAST_ONCE,
  PRODUCER,
  DEBEZIUM;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
