package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;

/**
 * MariaDB's GTID event, which starts a transaction (event group).
 *
 * @param standalone whether a single event follows, without a commit
 * @param preparedXa whether the group ends with XA PREPARE
 * @param completedXa whether the group is the XA COMMIT or XA ROLLBACK of a prepared transaction
 * @param alterUndone whether the group only starts a two-phase ALTER or rolls one back
 */
public record MariadbGtidEvent(
    long domain,
    long serverId,
    long sequence,
    boolean standalone,
    boolean preparedXa,
    boolean completedXa,
    boolean alterUndone) {
  private static final int STANDALONE = 0x01;
  private static final int PREPARED_XA = 0x40;
  private static final int COMPLETED_XA = 0x80;
  private static final int GROUP_COMMIT = 0x02;
  private static final int START_ALTER = 0x02;
  private static final int ROLLBACK_ALTER = 0x08;

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
        (flags & COMPLETED_XA) != 0,
        (moreFlags(body, flags) & (START_ALTER | ROLLBACK_ALTER)) != 0);
  }

  /** Reads the event without advancing its body. */
  public static MariadbGtidEvent peek(BinlogEvent event) {
    ByteReader body = event.body();
    ByteReader copy = new ByteReader();
    copy.wrap(body.array(), body.position(), body.remaining());
    return read(copy, event.serverId());
  }

  /**
   * The second flags, after the fields that the first flags announce; XA transactions contain no
   * ALTER.
   */
  private static int moreFlags(ByteReader body, int flags) {
    if ((flags & (PREPARED_XA | COMPLETED_XA)) != 0) {
      return 0;
    }
    body.skip((flags & GROUP_COMMIT) == 0 ? 0 : Math.min(Long.BYTES, body.remaining()));
    return body.remaining() == 0 ? 0 : body.u8();
  }

  /** The GTID as MariaDB writes it: {@code 0-1-100}. */
  public String text() {
    return domain + "-" + serverId + "-" + Long.toUnsignedString(sequence);
  }
}
