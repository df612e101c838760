package io.binlogbroker.engine.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.engine.model.TableName;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants to be done with the snapshots of tables.
 *
 * @param id unique, and in the order of the requests; the same request is carried out once
 * @param tables the tables; none for all that it can apply to
 * @param where a condition of SQL that the rows to read meet; null for that of the table's rule
 * @param priority tables with a higher one are read first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SnapshotRequest(
    String id, Action action, List<TableName> tables, @Nullable String where, int priority) {
  private static final JsonMapper JSON = new JsonMapper();

  /** What is to be done. */
  public enum Action {
    /** Reads tables from the beginning. */
    START,
    /** Stops reading; what was delivered remains recorded. */
    PAUSE,
    /** Continues where a snapshot was paused, or failed. */
    RESUME,
    /** Ends snapshots for good. */
    CANCEL
  }

  public SnapshotRequest {
    if (id == null || action == null || tables == null) {
      throw new IllegalArgumentException("expected id, action and tables");
    }
    tables = List.copyOf(tables);
  }

  public byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws IOException when it is not a request
   */
  public static SnapshotRequest of(byte[] json) throws IOException {
    SnapshotRequest read = JSON.readValue(json, SnapshotRequest.class);
    if (read == null) {
      throw new IOException("expected an object, got null");
    }
    return read;
  }
}
