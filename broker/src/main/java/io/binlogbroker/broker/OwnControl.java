package io.binlogbroker.broker;

import io.binlogbroker.broker.admin.ConfigPreview;
import io.binlogbroker.broker.admin.ConflictException;
import io.binlogbroker.broker.admin.GroupControl;
import io.binlogbroker.broker.ha.Candidacy;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.TableRule;
import io.binlogbroker.engine.snapshot.SnapshotRequest.Action;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Controls a group of this process. One thread at a time. */
final class OwnControl implements GroupControl {
  private final Candidacy candidacy;
  private final Supplier<@Nullable Master> master;
  private final PositionActions positions;
  private final ConfigChanges config;
  private final SnapshotActions snapshots;

  /**
   * @param master the current master of the group, as the election knows it
   */
  OwnControl(
      Candidacy candidacy,
      Supplier<@Nullable Master> master,
      PositionActions positions,
      ConfigChanges config,
      SnapshotActions snapshots) {
    this.candidacy = candidacy;
    this.master = master;
    this.positions = positions;
    this.config = config;
    this.snapshots = snapshots;
  }

  @Override
  public void pause(String by) {
    requireMaster(candidacy.pause(by));
  }

  @Override
  public void resume(String by) {
    requireMaster(candidacy.resume(by));
  }

  @Override
  public void resign(String by) {
    requireMaster(candidacy.resign(by));
  }

  private void requireMaster(boolean wasMaster) {
    if (!wasMaster) {
      Master other = master.get();
      throw new ConflictException(
          other == null
              ? "No broker serves the group now"
              : "This broker is not the group's master: "
                  + other
                  + " is; fix: send the request to that broker");
    }
  }

  @Override
  public String setPosition(BinlogPosition place, @Nullable String gtidSet) {
    requireMaster(candidacy.isMaster());
    return positions.set(place, gtidSet);
  }

  @Override
  public String resetPosition() {
    requireMaster(candidacy.isMaster());
    return positions.reset();
  }

  @Override
  public long addTable(String schema, TableRule rule, boolean force) {
    return config.addTable(schema, rule, force);
  }

  @Override
  public long removeTable(TableName table) {
    return config.removeTable(table);
  }

  @Override
  public long putConfig(String text, long revision, boolean force) {
    return config.put(text, revision, force);
  }

  @Override
  public ConfigPreview previewConfig(String text, long revision, boolean force) {
    return config.preview(text, revision, force);
  }

  @Override
  public void startSnapshot(List<TableName> tables, @Nullable String where, int priority) {
    snapshots.start(tables, where, priority);
  }

  @Override
  public void changeSnapshots(Action action, List<TableName> tables) {
    snapshots.change(action, tables);
  }
}
