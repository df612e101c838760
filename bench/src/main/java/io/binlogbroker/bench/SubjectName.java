package io.binlogbroker.bench;

import java.util.Locale;

/** The subjects as the command line names them. */
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
