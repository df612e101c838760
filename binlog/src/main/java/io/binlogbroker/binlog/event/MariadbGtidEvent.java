package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;

/**
 * MariaDB's GTID event: a transaction begins.
 *
 * @param standalone whether one event follows and no commit
 * @param preparedXa whether the group ends with XA PREPARE
 * @param completedXa whether it holds the XA COMMIT or XA ROLLBACK of a prepared transaction
 */
public record MariadbGtidEvent(
    long domain,
    long serverId,
    long sequence,
    boolean standalone,
    boolean preparedXa,
    boolean completedXa) {
  private static final int STANDALONE = 0x01;
  private static final int PREPARED_XA = 0x40;
  private static final int COMPLETED_XA = 0x80;

  /**
   * @param serverId from the event's header
   */
  public static MariadbGtidEvent read(ByteReader body, long serverId) {
    long sequence = body.i64();
    long domain = body.u32();
    int flags = body.u8();
    return new MariadbGtidEvent(
        domain,
        serverId,
        sequence,
        (flags & STANDALONE) != 0,
        (flags & PREPARED_XA) != 0,
        (flags & COMPLETED_XA) != 0);
  }

  /** As MariaDB writes it: {@code 0-1-100}. */
  public String text() {
    return domain + "-" + serverId + "-" + Long.toUnsignedString(sequence);
  }
}
