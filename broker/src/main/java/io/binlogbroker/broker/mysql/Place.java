package io.binlogbroker.broker.mysql;

/**
 * Where an event stands in a server's log.
 *
 * @param offset of its first byte, 64 bits
 */
record Place(String file, long offset) {
  @Override
  public String toString() {
    return file + ":" + offset;
  }
}
