package io.binlogbroker.broker.admin;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.TableRule;
import io.binlogbroker.engine.snapshot.SnapshotRequest.Action;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator can have done with a group. Each method may wait for etcd, Kafka or MySQL; one
 * thread at a time calls them.
 *
 * <p>Each throws a {@link ConflictException} when the group's state does not permit it, a {@link
 * io.binlogbroker.engine.model.ConfigException} when a configuration is not valid, and a {@link
 * io.binlogbroker.engine.model.DeliveryException} when a server refuses it or cannot be reached.
 */
public interface GroupControl {
  /**
   * Stops the delivery after what is being sent is committed; this broker remains the master. It
   * lasts until {@link #resume}, or until this broker is no longer the master.
   *
   * @param by who asks for it, for the group's events
   */
  void pause(String by);

  /** Continues a paused delivery. */
  void resume(String by);

  /** Ends this broker's mastership, so that another broker can become master. */
  void resign(String by);

  /**
   * Sets the position from which the paused delivery continues once it is resumed. The same checks
   * apply as for the command.
   *
   * @param gtidSet executed before it; null for none
   * @return what was done, and notes
   */
  String setPosition(BinlogPosition place, @Nullable String gtidSet);

  /**
   * Removes the position, so that the paused delivery continues at the source's latest position
   * once it is resumed.
   *
   * @return what was done
   */
  String resetPosition();

  /**
   * Adds a rule for a table to the configuration.
   *
   * @param force whether to skip the check on the server
   * @return the revision of the changed configuration
   */
  long addTable(String schema, TableRule rule, boolean force);

  /**
   * Removes the rule of a table from the configuration.
   *
   * @return the revision of the changed configuration
   */
  long removeTable(TableName table);

  /**
   * Replaces the source's part of the configuration, or the whole configuration if it is one text.
   *
   * @param text in which {@code ***} keeps the stored value or comment that is shown so
   * @param revision of the configuration to replace
   * @param force whether to skip the check on the server
   * @return the revision of the new configuration
   */
  long putConfig(String text, long revision, boolean force);

  /**
   * Checks what {@link #putConfig} would write, with the same exceptions, and writes nothing.
   *
   * @return what would change
   */
  ConfigPreview previewConfig(String text, long revision, boolean force);

  /**
   * Has the existing rows of tables delivered.
   *
   * @param tables at least one
   * @param where a condition of SQL that the rows meet; null for that of each table's rule
   * @param priority tables with a higher one are read first
   */
  void startSnapshot(List<TableName> tables, @Nullable String where, int priority);

  /**
   * Pauses, resumes or cancels snapshots.
   *
   * @param action not START
   * @param tables none for all that it can apply to
   */
  void changeSnapshots(Action action, List<TableName> tables);
}
