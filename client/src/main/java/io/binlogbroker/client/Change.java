package io.binlogbroker.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.client.RowChange.Operation;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row change, its rows as objects of the handler's class.
 *
 * <pre>{@code
 * switch (change.action()) {
 *   case INSERT, UPDATE -> cache.put(change.after().id(), change.after());
 *   case DELETE -> cache.remove(change.before().id());
 * }
 * }</pre>
 *
 * @param before the row as it was; null for an insert
 * @param after the row as it is now; null for a delete. Columns that an update's message leaves out
 *     because they are unchanged have the values of {@code before}
 * @param row the change as its message tells it
 */
public record Change<T>(
    @Nullable T before, @Nullable T after, ChangePosition position, RowChange row) {

  /** What has happened to the row. */
  public Operation action() {
    return row.operation();
  }

  public SourceTable table() {
    return row.source().table();
  }

  /** The columns that an update gave another value; all for an insert or a delete. */
  public Set<String> changedColumns() {
    return row.changedColumns();
  }

  /**
   * Columns of which nothing is known, because the broker left them out of a message that was too
   * large ({@code "OnOversize": "trim"}). A map lacks them; an object that has a part for one of
   * them is refused with a {@link MappingException}, since NULL would be a lie.
   */
  public Set<String> leftOut() {
    return row.leftOut();
  }

  /**
   * The change in the shape of the format {@code json}, whatever the message's was; values in the
   * message's encoding, and what its format does not tell is left out.
   */
  public ObjectNode asJson() {
    return row.toJson();
  }
}
