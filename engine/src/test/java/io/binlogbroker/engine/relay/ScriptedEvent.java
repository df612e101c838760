package io.binlogbroker.engine.relay;

import io.binlogbroker.binlog.row.Rows.Action;
import java.util.List;
import java.util.stream.LongStream;

/** A rows event of a script. */
public record ScriptedEvent(FakeTable table, Action action, List<Row> rows) {
  /**
   * @param user value of {@code usr_id}
   * @param userBefore its value before an update
   */
  public record Row(long id, long user, long userBefore) {}

  public static ScriptedEvent inserts(FakeTable table, long... ids) {
    return new ScriptedEvent(
        table, Action.INSERT, LongStream.of(ids).mapToObj(id -> new Row(id, 7, 7)).toList());
  }

  public static ScriptedEvent update(FakeTable table, long id, long userBefore, long user) {
    return new ScriptedEvent(table, Action.UPDATE, List.of(new Row(id, user, userBefore)));
  }

  public static ScriptedEvent delete(FakeTable table, long id) {
    return new ScriptedEvent(table, Action.DELETE, List.of(new Row(id, 7, 7)));
  }
}
