package io.binlogbroker.broker.http;

import io.binlogbroker.broker.admin.ConfigPreview;
import io.binlogbroker.broker.admin.GroupControl;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.TableRule;
import io.binlogbroker.engine.snapshot.SnapshotRequest.Action;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Records what is asked for; a test may have it fail or wait. */
final class RecordingControl implements GroupControl {
  final List<String> calls = new CopyOnWriteArrayList<>();
  volatile RuntimeException failure;
  volatile CountDownLatch gate = new CountDownLatch(0);

  @Override
  public void pause(String by) {
    call("pause by " + by);
  }

  @Override
  public void resume(String by) {
    call("resume by " + by);
  }

  @Override
  public void resign(String by) {
    call("resign by " + by);
  }

  @Override
  public String setPosition(BinlogPosition place, String gtidSet) {
    call("set " + place + " " + gtidSet);
    return "Set";
  }

  @Override
  public String resetPosition() {
    call("reset");
    return "Removed";
  }

  @Override
  public long addTable(String schema, TableRule rule, boolean force) {
    call("add " + schema + " " + rule + " " + force);
    return 13;
  }

  @Override
  public long removeTable(TableName table) {
    call("remove " + table);
    return 14;
  }

  @Override
  public long putConfig(String text, long revision, boolean force) {
    call("put " + text + " " + revision + " " + force);
    return 15;
  }

  @Override
  public ConfigPreview previewConfig(String text, long revision, boolean force) {
    call("preview " + text + " " + revision + " " + force);
    return new ConfigPreview(
        List.of("mall.users -> users"), List.of(), List.of("Heartbeat"), List.of("a note"));
  }

  @Override
  public void startSnapshot(List<TableName> tables, String where, int priority) {
    call("start " + tables + " " + where + " " + priority);
  }

  @Override
  public void changeSnapshots(Action action, List<TableName> tables) {
    call(action + " " + tables);
  }

  private void call(String text) {
    calls.add(text);
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
    if (failure != null) {
      throw failure;
    }
  }
}
