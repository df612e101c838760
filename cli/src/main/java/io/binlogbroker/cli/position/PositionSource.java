package io.binlogbroker.cli.position;

import java.util.Locale;

/** The program whose position is taken over. */
enum PositionSource {
  DEBEZIUM,
  MAXWELL,
  CANAL;

  /** As in the value of {@code --from}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
