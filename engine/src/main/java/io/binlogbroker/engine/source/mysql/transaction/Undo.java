package io.binlogbroker.engine.source.mysql.transaction;

import io.binlogbroker.engine.source.mysql.transaction.UndoneRows.Span;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tracks which rows of the open group are rolled back later in the log: those found by an earlier
 * read of the group, and those found now. Mutable; belongs to the relay thread.
 */
public final class Undo {
  private final UndoneRows remembered;
  private final @Nullable String serverUuid;
  private List<Span> known = List.of();
  private UndoneRows.@Nullable Group foundIn;
  private Span found = Span.ALL;

  public Undo(UndoneRows remembered, @Nullable String serverUuid) {
    this.remembered = remembered;
    this.serverUuid = serverUuid;
  }

  public void begin(TransactionGroup group) {
    known = remembered.of(key(group));
  }

  private UndoneRows.Group key(TransactionGroup group) {
    return new UndoneRows.Group(serverUuid, group.gtid(), group.place());
  }

  /** Whether the group's latest rows event is known to be undone. */
  public boolean containsNewest(TransactionGroup group) {
    return !known.isEmpty()
        && known.stream().anyMatch(span -> span.contains(group.rowsEvents() - 1));
  }

  /** All rows of the group are undone. */
  public void foundAll(TransactionGroup group) {
    foundIn = key(group);
    found = Span.ALL;
  }

  /**
   * The group rolls back to a savepoint.
   *
   * @param span rows events after the savepoint
   * @return whether this undoes rows that were not known to be undone
   */
  public boolean found(TransactionGroup group, Span span) {
    if (span.start() == span.end() || known.contains(span)) {
      return false;
    }
    foundIn = key(group);
    found = span;
    return true;
  }

  /** Remembers the rows found last, so that the next read of the group skips them. */
  public void remember() {
    remembered.add(Objects.requireNonNull(foundIn, "Nothing was undone"), found);
  }
}
