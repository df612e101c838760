package io.binlogbroker.engine.relay;

import java.util.List;

/**
 * An item of a script between two positions: a transaction, or something without rows.
 *
 * @param kind what it is
 * @param events of a transaction
 */
public record ScriptedItem(Kind kind, List<ScriptedEvent> events) {
  /** How an item begins and ends. */
  public enum Kind {
    PLAIN,
    /** Its rows events share one offset. */
    COMPRESSED,
    ROLLED_BACK,
    /** A change in statement format. */
    STATEMENT,
    /** DDL of a schema that is delivered. */
    DDL,
    /** DDL and its rows in one transaction. */
    TABLE_OF_ROWS,
    /** A heartbeat or a statement of no interest: no transaction. */
    IDLE
  }

  public static ScriptedItem transaction(ScriptedEvent... events) {
    return of(Kind.PLAIN, events);
  }

  public static ScriptedItem of(Kind kind, ScriptedEvent... events) {
    return new ScriptedItem(kind, List.of(events));
  }

  public static ScriptedItem idle() {
    return of(Kind.IDLE);
  }
}
