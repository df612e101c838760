package io.binlogbroker.broker.http.action;

import io.binlogbroker.broker.admin.GroupControl;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.ColumnChoice;
import io.binlogbroker.engine.route.SnapshotMode;
import io.binlogbroker.engine.route.TableRule;
import io.binlogbroker.engine.snapshot.SnapshotRequest.Action;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be done with a group over HTTP. */
public enum GroupAction {
  PAUSE("pause") {
    @Override
    ActionResult run(GroupControl group, ActionRequest request) {
      request.json().end();
      group.pause(request.caller());
      return ActionResult.done("Paused");
    }
  },
  RESUME("resume") {
    @Override
    ActionResult run(GroupControl group, ActionRequest request) {
      request.json().end();
      group.resume(request.caller());
      return ActionResult.done("Resumed");
    }
  },
  RESIGN("resign") {
    @Override
    ActionResult run(GroupControl group, ActionRequest request) {
      request.json().end();
      group.resign(request.caller());
      return ActionResult.done("Resigns");
    }
  },
  SET_POSITION("set-position") {
    @Override
    ActionResult run(GroupControl group, ActionRequest request) {
      ActionBody body = request.json();
      String file = body.required("file");
      long offset = body.offset("pos");
      @Nullable String gtidSet = body.optional("gtid_set");
      body.end();
      return ActionResult.done(group.setPosition(new BinlogPosition(file, offset), gtidSet));
    }
  },
  RESET_POSITION("reset-position") {
    @Override
    ActionResult run(GroupControl group, ActionRequest request) {
      request.json().end();
      return ActionResult.done(group.resetPosition());
    }
  },
  ADD_TABLE("add-table") {
    @Override
    ActionResult run(GroupControl group, ActionRequest request) {
      ActionBody body = request.json();
      TableName table = body.table();
      TableRule rule = rule(body, table.table());
      boolean force = body.flag("force");
      body.end();
      return ActionResult.written(group.addTable(table.schema(), rule, force));
    }
  },
  REMOVE_TABLE("remove-table") {
    @Override
    ActionResult run(GroupControl group, ActionRequest request) {
      ActionBody body = request.json();
      TableName table = body.table();
      body.end();
      return ActionResult.written(group.removeTable(table));
    }
  },
  START_SNAPSHOT("start-snapshot") {
    @Override
    ActionResult run(GroupControl group, ActionRequest request) {
      ActionBody body = request.json();
      List<TableName> tables = body.tables();
      @Nullable String where = body.optional("where");
      int priority = body.number("priority");
      body.end();
      if (tables.isEmpty()) {
        throw new InvalidBodyException("\"tables\": missing, such as [\"mall_db.orders\"]");
      }
      group.startSnapshot(tables, where, priority);
      return ActionResult.done("Requested: the master starts it within seconds");
    }
  },
  PAUSE_SNAPSHOT("pause-snapshot") {
    @Override
    ActionResult run(GroupControl group, ActionRequest request) {
      return change(group, Action.PAUSE, request);
    }
  },
  RESUME_SNAPSHOT("resume-snapshot") {
    @Override
    ActionResult run(GroupControl group, ActionRequest request) {
      return change(group, Action.RESUME, request);
    }
  },
  CANCEL_SNAPSHOT("cancel-snapshot") {
    @Override
    ActionResult run(GroupControl group, ActionRequest request) {
      return change(group, Action.CANCEL, request);
    }
  },
  PUT_CONFIG("put-config") {
    @Override
    ActionResult run(GroupControl group, ActionRequest request) {
      String text = ActionBody.text(request.body());
      long revision = request.expectedRevision();
      boolean force = request.flag("force");
      return request.flag("validate")
          ? ActionResult.valid(group.previewConfig(text, revision, force))
          : ActionResult.written(group.putConfig(text, revision, force));
    }
  };

  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_CONFIG_BYTES = 1024 * 1024;

  private final String word;

  GroupAction(String word) {
    this.word = word;
  }

  /** Its name in paths and in the log. */
  public String word() {
    return word;
  }

  /** The largest body that is read. */
  public int mostBytes() {
    return this == PUT_CONFIG ? MOST_CONFIG_BYTES : MOST_BYTES;
  }

  /**
   * Carries it out on the calling thread.
   *
   * @throws RuntimeException those of {@link GroupControl}, and one for an invalid request
   */
  abstract ActionResult run(GroupControl group, ActionRequest request);

  private static TableRule rule(ActionBody body, String table) {
    return new TableRule(
        table,
        body.optional("topic"),
        body.optional("key"),
        null,
        ColumnChoice.ALL,
        Map.of(),
        false,
        body.flag("snapshot") ? SnapshotMode.INITIAL : null,
        body.optional("where"));
  }

  private static ActionResult change(GroupControl group, Action action, ActionRequest request) {
    ActionBody body = request.json();
    List<TableName> tables = body.tables();
    body.end();
    group.changeSnapshots(action, tables);
    return ActionResult.done("Requested: the master carries it out within seconds");
  }
}
