package io.binlogbroker.engine.snapshot;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.engine.model.TableName;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the snapshot of a table is, as it is committed with the rows.
 *
 * @param started milliseconds since the epoch
 * @param rows delivered so far
 * @param ranges that are not finished; none when the snapshot is complete
 */
record SnapshotState(String schema, String table, long started, long rows, List<Range> ranges) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PREFIX = "snapshot ";

  SnapshotState {
    ranges = List.copyOf(ranges);
  }

  /**
   * A part of the table, in the order of its key.
   *
   * @param after literals of the last delivered key; null before the first
   * @param upTo literals of the last key of the range; null for the end of the table
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Range(@Nullable List<String> after, @Nullable List<String> upTo) {
    /** The whole table, before it is known where it ends. */
    static final Range WHOLE = new Range(null, null);
  }

  /** The state of a snapshot that has not started. */
  static SnapshotState begin(TableName name, long nowMillis) {
    return new SnapshotState(name.schema(), name.table(), nowMillis, 0, List.of(Range.WHOLE));
  }

  /** Whether a stored state is that of a table. */
  static boolean isName(String name) {
    return name.startsWith(PREFIX);
  }

  @JsonIgnore
  boolean isComplete() {
    return ranges.isEmpty();
  }

  /** The name that the state is stored under. */
  static String name(TableName table) {
    return PREFIX + table;
  }

  String name() {
    return name(new TableName(schema, table));
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static SnapshotState of(byte[] json) throws IOException {
    return JSON.readValue(json, SnapshotState.class);
  }
}
