package io.binlogbroker.cli.position;

/** The program whose position is taken over. */
enum PositionSource {
  DEBEZIUM,
  MAXWELL,
  CANAL
}
