package io.binlogbroker.engine.snapshot;

import io.binlogbroker.binlog.wire.Row;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.format.registry.Formats;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.relay.SnapshotFeed;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.source.mysql.MysqlSourceOpener.OpenedServer;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins the snapshots of a group, or continues those whose states are stored, with the server that
 * the stream comes from. Relay thread.
 */
public final class SnapshotOpener {
  private static final Logger log = LoggerFactory.getLogger(SnapshotOpener.class);

  /** The name of the state which exists once the tables of the first start are stored. */
  private static final String INITIAL = "snapshots";

  private final String group;
  private final SnapshotOptions options;
  private final Supplier<Formats> formats;
  private final Clock clock = Clock.systemUTC();

  /**
   * @param formats creates writers, which belong to one thread
   */
  public SnapshotOpener(String group, SnapshotOptions options, Supplier<Formats> formats) {
    this.group = group;
    this.options = options;
    this.formats = formats;
  }

  /**
   * The snapshots that are not complete, ready to be started.
   *
   * @param stored the states that are committed, by name
   * @param ignoresCase whether the server ignores the case of names of tables
   * @param source the server that the stream comes from
   */
  public SnapshotFeed open(
      Map<String, byte[]> stored, Routes routes, boolean ignoresCase, OpenedServer source) {
    SessionOptions server = source.session();
    String uuid = source.uuid();
    try (Session session = Session.open(server)) {
      ServerFacts facts = new ServerFacts(session);
      facts.requireServer(uuid);
      List<SnapshotState> initial =
          stored.containsKey(INITIAL) ? List.of() : first(session, routes);
      List<SnapshotState> open = new ArrayList<>(initial);
      open.addAll(unfinished(stored));
      if (open.isEmpty() && stored.containsKey(INITIAL)) {
        return SnapshotFeed.NONE;
      }
      requireFullImages(facts);
      Snapshots snapshots =
          new Snapshots(open, routes, uuid, ignoresCase, options, System::nanoTime);
      snapshots.store(INITIAL, new byte[] {'{', '}'}, initial);
      Visibility visibility = new Visibility(facts.isMariaDb(), options.margin(), System::nanoTime);
      for (int i = 0; i < options.workers(); i++) {
        snapshots.add(
            new SnapshotWorker(snapshots, server, uuid, visibility, options, group, formats));
      }
      return snapshots;
    } catch (IOException e) {
      throw new SourceFailures(server.credentials().user()).toRelay(e);
    }
  }

  /** The delivered tables that exist, the smallest first. */
  private List<SnapshotState> first(Session session, Routes routes) throws IOException {
    String sql =
        "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES"
            + " WHERE TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') AND TABLE_SCHEMA NOT IN"
            + " ('mysql', 'sys', 'information_schema', 'performance_schema')"
            + " ORDER BY TABLE_ROWS, TABLE_SCHEMA, TABLE_NAME";
    List<SnapshotState> states = new ArrayList<>();
    for (Row row : session.query(sql).rows()) {
      TableName name = new TableName(text(row, 0), text(row, 1));
      if (routes.delivers(name.schema(), name.table())) {
        states.add(SnapshotState.begin(name, clock.millis()));
      }
    }
    log.info("The existing rows of {} tables are read", states.size());
    return states;
  }

  private static String text(Row row, int column) {
    return Objects.requireNonNull(row.text(column), "information_schema gave NULL for a name");
  }

  private static List<SnapshotState> unfinished(Map<String, byte[]> stored) {
    List<SnapshotState> states = new ArrayList<>();
    for (Map.Entry<String, byte[]> entry : stored.entrySet()) {
      if (SnapshotState.isName(entry.getKey())) {
        SnapshotState state = state(entry.getKey(), entry.getValue());
        if (!state.isComplete()) {
          states.add(state);
        }
      }
    }
    return states;
  }

  private static SnapshotState state(String name, byte[] json) {
    try {
      return SnapshotState.of(json);
    } catch (IOException e) {
      throw DeliveryException.fatal(
          FailureKind.CONFIGURATION,
          "The stored state \""
              + name
              + "\" is damaged: "
              + e.getMessage()
              + ". fix: remove it; the table is then not read to its end",
          e);
    }
  }

  /**
   * With other images, the stream does not deliver the columns that a change leaves as they are.
   */
  private static void requireFullImages(ServerFacts facts) throws IOException {
    String image = facts.variable("binlog_row_image");
    if (image != null && !image.equalsIgnoreCase("FULL")) {
      throw DeliveryException.fatal(
          FailureKind.SOURCE_SETTINGS,
          "A snapshot needs complete rows in the binary log, but binlog_row_image is "
              + image
              + ". fix: SET GLOBAL binlog_row_image = FULL, then start new sessions");
    }
  }
}
