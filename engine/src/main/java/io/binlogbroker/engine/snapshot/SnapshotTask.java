package io.binlogbroker.engine.snapshot;

import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.snapshot.TableSnapshot.OpenRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a worker does next. */
sealed interface SnapshotTask {
  /**
   * The tables of the server are to be listed.
   *
   * @param version of the columns and rules
   * @param named tables that rules name
   */
  record Search(int version, List<TableName> named) implements SnapshotTask {}

  /**
   * A part of a table to read, or a table to divide.
   *
   * @param divides whether the table is to be divided into ranges
   * @param key as {@link TableSnapshot#key}
   * @param after literals of the key that the rows follow; null for the first rows
   * @param upTo literals of the last key of the range; null for the end of the table
   * @param floor the view must contain everything that the stream delivered before it
   * @param floorNanos when the stream was there
   * @param generation of the keys that are tracked from there on
   * @param attempt of the range: what is read is dropped if the range has a later one
   * @param version of the columns and rules
   */
  record Read(
      TableSnapshot table,
      OpenRange range,
      boolean divides,
      @Nullable List<String> key,
      @Nullable List<String> after,
      @Nullable List<String> upTo,
      Restart floor,
      long floorNanos,
      int generation,
      int attempt,
      int version,
      Routes routes)
      implements SnapshotTask {}
}
