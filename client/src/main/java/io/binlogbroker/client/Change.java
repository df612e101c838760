package io.binlogbroker.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.client.RowChange.Operation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row change with its rows as objects of the handler's class.
 *
 * <pre>{@code
 * switch (change.action()) {
 *   case INSERT, UPDATE, READ -> cache.put(change.after().id(), change.after());
 *   case DELETE -> cache.remove(change.before().id());
 * }
 * }</pre>
 *
 * @param before the row before the change; null for an insert or a read
 * @param after the row after the change; null for a delete. Columns that an update's message does
 *     not contain because they are unchanged have the values of {@code before}
 * @param position where the change is in Kafka and in the binary log
 * @param row the change with the values that its message contains
 */
public record Change<T>(
    @Nullable T before, @Nullable T after, ChangePosition position, RowChange row) {

  /** Whether the row was inserted, updated or deleted, or read by a snapshot. */
  public Operation action() {
    return row.operation();
  }

  /** The table of the row. */
  public SourceTable table() {
    return row.source().table();
  }

  /** The columns whose values an update changed; all columns for an insert or a delete. */
  public Set<String> changedColumns() {
    return row.changedColumns();
  }

  /**
   * The columns whose values are unknown, because the broker left them out of a message that was
   * too large ({@code "OnOversize": "trim"}). A map does not contain them. Mapping to a class with
   * a property for one of them fails with a {@link MappingException}, because null would mean NULL.
   */
  public Set<String> leftOut() {
    return row.leftOut();
  }

  /**
   * The change in the structure of the format {@code json}, whatever the format of its message.
   * Values keep the message's encoding; fields that its format does not contain are left out.
   */
  public ObjectNode asJson() {
    return row.toJson();
  }
}
