package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;

/**
 * The end of an XA transaction's group.
 *
 * @param onePhase whether it is committed with it; else a later statement decides
 */
public record XaPrepareEvent(boolean onePhase, Xid xid) {
  public static XaPrepareEvent read(ByteReader body) {
    return new XaPrepareEvent(body.u8() != 0, Xid.read(body));
  }
}
