package io.binlogbroker.engine.snapshot;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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
 * @param status what is being done
 * @param reason why it failed; null otherwise
 * @param where a condition of SQL that the rows meet; null for all
 * @param request id of the request that began it; null where the table's rule did
 * @param priority tables with a higher one are read first
 * @param started milliseconds since the epoch
 * @param ended milliseconds since the epoch; 0 while it has not ended
 * @param estimate of the table's rows, by the server; negative while it is not known
 * @param rows delivered so far
 * @param skipped rows that were read and not delivered, since the stream delivered them
 * @param key columns of the key that the ranges are of, with their types; null before they are
 *     known
 * @param ranges that are not finished; none when the snapshot is complete
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SnapshotState(
    String schema,
    String table,
    Status status,
    @Nullable String reason,
    @Nullable String where,
    @Nullable String request,
    int priority,
    long started,
    long ended,
    long estimate,
    long rows,
    long skipped,
    @Nullable List<String> key,
    List<Range> ranges) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PREFIX = "snapshot ";

  /** What is being done with a snapshot. */
  public enum Status {
    READING,
    PAUSED,
    COMPLETE,
    CANCELLED,
    FAILED
  }

  public SnapshotState {
    if (schema == null || table == null || status == null || ranges == null) {
      throw new IllegalArgumentException("expected schema, table, status and ranges");
    }
    ranges = List.copyOf(ranges);
  }

  /**
   * A part of the table, in the order of its key.
   *
   * @param after literals of the last delivered key; null before the first
   * @param upTo literals of the last key of the range; null for the end of the table
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Range(@Nullable List<String> after, @Nullable List<String> upTo) {
    /** The whole table, before it is known where it ends. */
    static final Range WHOLE = new Range(null, null);
  }

  /**
   * The state of a snapshot that has not started.
   *
   * @param where as {@link #where()}
   * @param request as {@link #request()}
   */
  static SnapshotState begin(
      TableName name,
      @Nullable String where,
      @Nullable String request,
      int priority,
      long nowMillis) {
    return new SnapshotState(
        name.schema(),
        name.table(),
        Status.READING,
        null,
        where,
        request,
        priority,
        nowMillis,
        0,
        -1,
        0,
        0,
        null,
        List.of(Range.WHOLE));
  }

  /** The state of a snapshot that its table's rule begins. */
  static SnapshotState begin(TableName name, long nowMillis) {
    return begin(name, null, null, 0, nowMillis);
  }

  /**
   * A copy in which something else is done.
   *
   * @param reason as {@link #reason()}
   */
  SnapshotState with(Status other, @Nullable String reason, long nowMillis) {
    return new SnapshotState(
        schema,
        table,
        other,
        reason,
        where,
        request,
        priority,
        started,
        other == Status.READING ? 0 : nowMillis,
        estimate,
        rows,
        skipped,
        key,
        ranges);
  }

  /** Whether a stored state is that of a table. */
  public static boolean isName(String name) {
    return name.startsWith(PREFIX);
  }

  @JsonIgnore
  public boolean isComplete() {
    return status == Status.COMPLETE;
  }

  /** The name that the state is stored under. */
  static String name(TableName table) {
    return PREFIX + table;
  }

  public TableName tableName() {
    return new TableName(schema, table);
  }

  String name() {
    return name(tableName());
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws IOException when it is not a state
   */
  public static SnapshotState of(byte[] json) throws IOException {
    SnapshotState read = JSON.readValue(json, SnapshotState.class);
    if (read == null) {
      throw new IOException("expected an object, got null");
    }
    return read;
  }

  @Override
  public String toString() {
    return schema + "." + table;
  }
}
