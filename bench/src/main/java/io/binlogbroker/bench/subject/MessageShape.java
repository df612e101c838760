package io.binlogbroker.bench.subject;

import io.binlogbroker.client.RowChange;
import io.binlogbroker.engine.format.registry.Format;
import org.jspecify.annotations.Nullable;

/** How many row changes a message contains. */
public enum MessageShape {
  /** One change; a tombstone contains none. */
  ROW {
    @Override
    public long changes(byte @Nullable [] value) {
      return value == null ? 0 : 1;
    }
  },
  /** The changes of a rows event, or of a part of it. */
  ROWS_EVENT {
    @Override
    public long changes(byte @Nullable [] value) {
      return value == null ? 0 : RowChange.parseAll(value).size();
    }
  };

  static MessageShape of(Format format) {
    return switch (format) {
      case JSON, MAXWELL_JSON, DEBEZIUM_JSON -> ROW;
      case MSGPACK, CANAL_JSON -> ROWS_EVENT;
    };
  }

  /**
   * Counts the changes of one message.
   *
   * @param value null for a tombstone
   */
  public abstract long changes(byte @Nullable [] value);
}
