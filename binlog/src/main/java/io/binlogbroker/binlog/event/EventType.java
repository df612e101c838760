package io.binlogbroker.binlog.event;

import org.jspecify.annotations.Nullable;

/** The known event types of a binary log, with their numbers in the event header. */
public enum EventType {
  QUERY(2),
  STOP(3),
  ROTATE(4),
  INTVAR(5),
  APPEND_BLOCK(9),
  DELETE_FILE(11),
  RAND(13),
  USER_VAR(14),
  FORMAT_DESCRIPTION(15),
  XID(16),
  BEGIN_LOAD_QUERY(17),
  EXECUTE_LOAD_QUERY(18),
  TABLE_MAP(19),
  WRITE_ROWS_V1(23),
  UPDATE_ROWS_V1(24),
  DELETE_ROWS_V1(25),
  INCIDENT(26),
  HEARTBEAT(27),
  IGNORABLE(28),
  ROWS_QUERY(29),
  WRITE_ROWS_V2(30),
  UPDATE_ROWS_V2(31),
  DELETE_ROWS_V2(32),
  GTID(33),
  ANONYMOUS_GTID(34),
  PREVIOUS_GTIDS(35),
  TRANSACTION_CONTEXT(36),
  VIEW_CHANGE(37),
  XA_PREPARE(38),
  PARTIAL_UPDATE_ROWS(39),
  TRANSACTION_PAYLOAD(40),
  HEARTBEAT_V2(41),
  GTID_TAGGED(42),
  MARIADB_ANNOTATE_ROWS(160),
  MARIADB_BINLOG_CHECKPOINT(161),
  MARIADB_GTID(162),
  MARIADB_GTID_LIST(163),
  MARIADB_START_ENCRYPTION(164),
  MARIADB_QUERY_COMPRESSED(165),
  MARIADB_WRITE_ROWS_COMPRESSED_V1(166),
  MARIADB_UPDATE_ROWS_COMPRESSED_V1(167),
  MARIADB_DELETE_ROWS_COMPRESSED_V1(168),
  MARIADB_WRITE_ROWS_COMPRESSED_V2(169),
  MARIADB_UPDATE_ROWS_COMPRESSED_V2(170),
  MARIADB_DELETE_ROWS_COMPRESSED_V2(171);

  private static final @Nullable EventType[] BY_NUMBER = new @Nullable EventType[256];

  static {
    for (EventType type : values()) {
      BY_NUMBER[type.number] = type;
    }
  }

  private final int number;

  EventType(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /**
   * @param number 0 to 255
   * @return null for an unknown number
   */
  public static @Nullable EventType of(int number) {
    return BY_NUMBER[number];
  }

  /** Whether the event contains rows of a table. */
  public boolean isRows() {
    return switch (this) {
      case WRITE_ROWS_V1,
          UPDATE_ROWS_V1,
          DELETE_ROWS_V1,
          WRITE_ROWS_V2,
          UPDATE_ROWS_V2,
          DELETE_ROWS_V2,
          PARTIAL_UPDATE_ROWS,
          MARIADB_WRITE_ROWS_COMPRESSED_V1,
          MARIADB_UPDATE_ROWS_COMPRESSED_V1,
          MARIADB_DELETE_ROWS_COMPRESSED_V1,
          MARIADB_WRITE_ROWS_COMPRESSED_V2,
          MARIADB_UPDATE_ROWS_COMPRESSED_V2,
          MARIADB_DELETE_ROWS_COMPRESSED_V2 ->
          true;
      default -> false;
    };
  }

  /** Whether the event starts a transaction, on every server that writes such events. */
  public boolean isGtid() {
    return switch (this) {
      case GTID, ANONYMOUS_GTID, GTID_TAGGED, MARIADB_GTID -> true;
      default -> false;
    };
  }
}
