package io.binlogbroker.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row change as its message tells it. Immutable but for the {@link JsonNode}s.
 *
 * @param before the row as it was, columns in table order; null for an insert. A column that the
 *     source did not log is absent
 * @param after the row as it is now; null for a delete
 * @param writtenMillis when the broker wrote the message, milliseconds since the epoch
 */
public record RowChange(
    Operation operation,
    @Nullable Map<String, JsonNode> before,
    @Nullable Map<String, JsonNode> after,
    Source source,
    long writtenMillis) {

  /** What has happened to the row. */
  public enum Operation {
    INSERT,
    UPDATE,
    DELETE
  }

  /**
   * Where a change comes from.
   *
   * @param serverId of the server that first committed it
   * @param gtid in the server's text form; null where there is none
   * @param committedMillis when the source committed, milliseconds since the epoch
   */
  public record Source(
      String group,
      TableName table,
      long serverId,
      @Nullable String gtid,
      ChangeId id,
      long committedMillis) {}

  public RowChange {
    before = before == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(before));
    after = after == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(after));
  }

  /**
   * Reads a message of the format {@code json}; numbers keep every digit.
   *
   * @throws MalformedChangeException when it is none
   */
  public static RowChange parse(byte[] json) {
    return ChangeJson.parse(json);
  }
}
