package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;

/**
 * An XA_PREPARE event, which ends an XA transaction's event group.
 *
 * @param onePhase whether the event also commits the transaction; otherwise a later statement
 *     commits it or rolls it back
 */
public record XaPrepareEvent(boolean onePhase, Xid xid) {
  public static XaPrepareEvent read(ByteReader body) {
    return new XaPrepareEvent(body.u8() != 0, Xid.read(body));
  }
}
