package io.binlogbroker.cli.position.foreign;

import io.binlogbroker.engine.source.mysql.check.ReadPosition;
import java.util.List;

/** Reads a row of Maxwell's table {@code positions}. */
public final class MaxwellPosition {
  private MaxwellPosition() {}

  /** The columns by name, as JSON. */
  public static ForeignPosition read(String json, String origin) {
    StrictJson row = StrictJson.read(json, origin);
    ReadPosition read =
        new ReadPosition(
            row.place("binlog_file", "binlog_position"),
            row.text("gtid_set"),
            row.number("server_id"),
            0,
            0,
            false);
    return new ForeignPosition(read, row.millis("last_heartbeat_read"), List.of(), origin);
  }
}
