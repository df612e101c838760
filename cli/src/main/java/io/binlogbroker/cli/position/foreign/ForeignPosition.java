package io.binlogbroker.cli.position.foreign;

import io.binlogbroker.engine.source.mysql.check.ReadPosition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A position that another program stored.
 *
 * @param time of the last change before it; null if unknown
 * @param notes for the user about what the program had not completed
 * @param origin where it was found, such as "offsets.dat, connector kafka"
 */
public record ForeignPosition(
    ReadPosition read, @Nullable Instant time, List<String> notes, String origin) {
  public ForeignPosition {
    notes = List.copyOf(notes);
  }

  @Override
  public String toString() {
    String details =
        (read.serverId() == 0 ? "" : ", server_id " + read.serverId())
            + (time == null ? "" : ", " + time);
    return read + details + ", from " + origin;
  }
}
