package io.binlogbroker.bench;

import java.util.Locale;

/** The loads as the command line names them. */
enum LoadName {
  OLTP,
  WIDE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
