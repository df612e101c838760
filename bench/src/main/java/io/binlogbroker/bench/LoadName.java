package io.binlogbroker.bench;

import java.util.Locale;

/** The names of the loads on the command line. */
enum LoadName {
  OLTP,
  WIDE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
