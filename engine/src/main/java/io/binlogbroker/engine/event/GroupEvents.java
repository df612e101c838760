package io.binlogbroker.engine.event;

import org.jspecify.annotations.Nullable;

/** Takes what happens to a group. Any thread; it neither blocks nor throws. */
public interface GroupEvents {
  /**
   * @param text what happened; never contains values of rows or secrets
   * @param place in the source's log; null where there is none
   * @param fix what an operator can do; null for nothing
   */
  void add(EventKind kind, String text, @Nullable Object place, @Nullable String fix);

  default void add(EventKind kind, String text) {
    add(kind, text, null, null);
  }

  /** Drops everything. */
  static GroupEvents none() {
    return (kind, text, place, fix) -> {};
  }
}
