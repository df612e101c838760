package io.binlogbroker.binlog.wire;

import io.binlogbroker.binlog.bytes.ByteReader;

/** The result of a statement that returns no rows. */
public record OkResult(long affectedRows, long lastInsertId, int warnings) {
  /** Reads an OK packet from just after its first byte. */
  static OkResult read(ByteReader packet) {
    long affected = packet.lenenc();
    long lastInsertId = packet.lenenc();
    packet.skip(2); // status
    return new OkResult(affected, lastInsertId, packet.u16());
  }
}
