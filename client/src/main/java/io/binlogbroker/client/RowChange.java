package io.binlogbroker.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.client.format.ChangeFormat;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row change as its message tells it, values in the encoding of the message's format. Nothing
 * changes it.
 *
 * @param format of the message
 * @param before the row as it was, columns in table order; null for an insert. A column that the
 *     source did not log is absent. Formats that tell only what changed are completed from {@code
 *     after}
 * @param after the row as it is now; null for a delete
 * @param writtenMillis when the broker wrote the message, milliseconds since the epoch; null where
 *     the format does not tell it
 * @param leftOut columns that the broker left out of both images, because the message was too large
 *     for its topic ({@code "OnOversize": "trim"}): what they hold is not known here
 */
public record RowChange(
    ChangeFormat format,
    Operation operation,
    @Nullable Map<String, JsonNode> before,
    @Nullable Map<String, JsonNode> after,
    Source source,
    @Nullable Long writtenMillis,
    Set<String> leftOut) {

  /** A change of which nothing was left out. */
  public RowChange(
      ChangeFormat format,
      Operation operation,
      @Nullable Map<String, JsonNode> before,
      @Nullable Map<String, JsonNode> after,
      Source source,
      @Nullable Long writtenMillis) {
    this(format, operation, before, after, source, writtenMillis, Set.of());
  }

  /** What has happened to the row. */
  public enum Operation {
    INSERT,
    UPDATE,
    DELETE
  }

  /**
   * Where a change comes from. What the message's format does not tell is null.
   *
   * @param group the broker's
   * @param serverId of the server that first committed it
   * @param gtid in the server's text form; null where there is none
   * @param id the change's identity
   * @param committedMillis when the source committed, milliseconds since the epoch
   */
  public record Source(
      @Nullable String group,
      SourceTable table,
      @Nullable Long serverId,
      @Nullable String gtid,
      @Nullable ChangeId id,
      @Nullable Long committedMillis) {}

  public RowChange {
    before = before == null ? null : Collections.unmodifiableMap(before);
    after = after == null ? null : Collections.unmodifiableMap(after);
    leftOut =
        leftOut.isEmpty() ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(leftOut));
  }

  /** The same, of which these columns were left out. */
  RowChange without(Set<String> columns) {
    return new RowChange(format, operation, before, after, source, writtenMillis, columns);
  }

  /**
   * Reads a message that tells one change, of whichever format; numbers keep every digit.
   *
   * @throws MalformedChangeException when it is none, or tells several
   */
  public static RowChange parse(byte[] message) {
    List<RowChange> changes = parseAll(message);
    if (changes.size() != 1) {
      throw new MalformedChangeException(
          "Expected a message of one change but got " + changes.size(), null);
    }
    return changes.get(0);
  }

  /**
   * Reads a message of whichever format.
   *
   * @return its changes in the order of the binary log
   * @throws MalformedChangeException when it is none
   */
  public static List<RowChange> parseAll(byte[] message) {
    return ChangeFormat.read(message);
  }

  /**
   * The columns of the after image that an update gave another value, or whose old value was not
   * logged; those of the row for an insert or a delete. Never those that were left out.
   */
  public Set<String> changedColumns() {
    if (before == null || after == null) {
      return Objects.requireNonNullElse(before == null ? after : before, Map.<String, JsonNode>of())
          .keySet();
    }
    Set<String> changed = new LinkedHashSet<>();
    after.forEach(
        (column, value) -> {
          if (!value.equals(before.get(column))) {
            changed.add(column);
          }
        });
    return changed;
  }

  /**
   * The change in the shape of the format {@code json}; what its own format does not tell is left
   * out.
   */
  public ObjectNode toJson() {
    return ChangeJson.of(this);
  }
}
