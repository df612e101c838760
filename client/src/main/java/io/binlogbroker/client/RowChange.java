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
 * One row change as its message contains it, with values in the encoding of the message's format.
 * Immutable.
 *
 * @param format of the message
 * @param operation whether the row was inserted, updated or deleted
 * @param before the row before the change, columns in table order; null for an insert. A column
 *     that the source did not log is absent. In formats that contain only changed columns, the
 *     others are taken from {@code after}
 * @param after the row after the change; null for a delete
 * @param source where the change comes from
 * @param writtenMillis when the broker wrote the message, in milliseconds since the epoch; null if
 *     the format does not contain it
 * @param leftOut columns that the broker left out of both images, because the message was too large
 *     for its topic ({@code "OnOversize": "trim"}): their values are unknown
 */
public record RowChange(
    ChangeFormat format,
    Operation operation,
    @Nullable Map<String, JsonNode> before,
    @Nullable Map<String, JsonNode> after,
    Source source,
    @Nullable Long writtenMillis,
    Set<String> leftOut) {

  /** A change without columns that were left out. */
  public RowChange(
      ChangeFormat format,
      Operation operation,
      @Nullable Map<String, JsonNode> before,
      @Nullable Map<String, JsonNode> after,
      Source source,
      @Nullable Long writtenMillis) {
    this(format, operation, before, after, source, writtenMillis, Set.of());
  }

  /** What happened to the row. */
  public enum Operation {
    /** The row was inserted. */
    INSERT,
    /** The row was updated. */
    UPDATE,
    /** The row was deleted. */
    DELETE,

    /**
     * The row existed already and was read by a snapshot. It replaces what is known of its key, as
     * an insert does.
     */
    READ
  }

  /**
   * Where a change comes from. Values that the message's format does not contain are null.
   *
   * @param group the broker's group
   * @param table the table of the row
   * @param serverId of the server that committed the change first
   * @param gtid in the server's notation; null if there is none
   * @param id the change's identity
   * @param committedMillis the commit time in the source, in milliseconds since the epoch
   */
  public record Source(
      @Nullable String group,
      SourceTable table,
      @Nullable Long serverId,
      @Nullable String gtid,
      @Nullable ChangeId id,
      @Nullable Long committedMillis) {}

  /** Makes the maps and the set unmodifiable. */
  public RowChange {
    before = before == null ? null : Collections.unmodifiableMap(before);
    after = after == null ? null : Collections.unmodifiableMap(after);
    leftOut =
        leftOut.isEmpty() ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(leftOut));
  }

  /** The same change, with these columns left out by the broker. */
  RowChange without(Set<String> columns) {
    return new RowChange(format, operation, before, after, source, writtenMillis, columns);
  }

  /**
   * Reads a message that contains one change, in any of the formats; numbers keep every digit.
   *
   * @throws MalformedChangeException if it is not a message of the broker, or contains several
   *     changes
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
   * Reads a message in any of the formats.
   *
   * @return its changes in the order of the binary log
   * @throws MalformedChangeException if it is not a message of the broker
   */
  public static List<RowChange> parseAll(byte[] message) {
    return ChangeFormat.read(message);
  }

  /**
   * The columns of an update's after image whose values changed, or whose old values were not
   * logged; all columns of the row for an insert or a delete. Columns that the broker left out are
   * not included.
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
   * The change in the structure of the format {@code json}; fields that its own format does not
   * contain are left out.
   */
  public ObjectNode toJson() {
    return ChangeJson.of(this);
  }
}
