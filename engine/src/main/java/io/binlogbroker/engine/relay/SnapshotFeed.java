package io.binlogbroker.engine.relay;

import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.route.Routes;
import org.jspecify.annotations.Nullable;

/** Rows that exist already, which a relay delivers between two transactions. Relay thread. */
public interface SnapshotFeed extends AutoCloseable {
  /** No snapshot. */
  SnapshotFeed NONE = new NoSnapshot();

  /** Starts the reading. */
  void start();

  /** Whether a snapshot is in progress. */
  boolean isActive();

  /** Takes newer routes into use; also called before the first row. */
  void use(Routes routes);

  /**
   * The stream delivers rows of a table; they are passed to {@link #delivered} where this is true.
   */
  boolean tracks(String schema, String table);

  /** The stream has delivered the current row, in this run or before. */
  void delivered(Rows row);

  /** Delivered rows of the last transaction were taken back. */
  void undone();

  /** The columns of a table may have changed. */
  void schemaChanged();

  /** The stream is between two transactions, at this position. */
  void reached(Restart position);

  /** Whether the stream must stay where it is until further rows are delivered. */
  boolean holdsStream();

  /** The next rows that the stream's position allows to deliver; null if there are none now. */
  @Nullable SnapshotRows next();

  /** A commit of everything that was delivered starts. */
  void commitBegins();

  /** Whether {@link #commitEnds} must follow the commit, however soon it is known. */
  boolean awaitsCommit();

  /** Everything whose commit was started is durable. */
  void commitEnds();

  /** Waits for further rows, for at most a few milliseconds. */
  void await();

  /** Ends the reading. */
  @Override
  void close();
}
