package io.binlogbroker.broker.http;

import io.binlogbroker.broker.admin.BrokerState;
import io.binlogbroker.broker.admin.GroupControl;
import io.binlogbroker.broker.admin.GroupProgress;
import io.binlogbroker.broker.admin.GroupRole;
import io.binlogbroker.broker.admin.StatusDetails;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.watch.StoredConfig;
import io.binlogbroker.broker.event.GroupEvent;
import io.binlogbroker.broker.ha.GroupMembers;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.route.MaskSalt;
import io.binlogbroker.engine.route.ReservedTopics;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.RoutingRules;
import io.binlogbroker.engine.route.Rules;
import io.binlogbroker.engine.route.SnapshotMode;
import io.binlogbroker.engine.route.SourceRule;
import io.binlogbroker.engine.route.TableRule;
import io.binlogbroker.engine.schema.catalogue.ParkedTable;
import io.binlogbroker.engine.snapshot.SnapshotProgress;
import io.binlogbroker.engine.source.mysql.purge.PurgeForecast;
import io.binlogbroker.engine.source.mysql.purge.SourceLogState;
import io.binlogbroker.engine.thread.ThreadFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A group as tests set it. */
public final class FakeState implements BrokerState {
  private static final Routes ROUTES =
      Rules.of(
              1,
              new RoutingRules(
                  false,
                  List.of(
                      new SourceRule(
                          "mall",
                          List.of(new TableRule("goods", "topic_goods", "id", null)),
                          null,
                          null)),
                  List.of(),
                  MaskSalt.NONE,
                  SnapshotMode.NEVER),
              ReservedTopics.NONE)
          .exact();

  public volatile boolean master;
  public volatile boolean standsBy = true;
  public volatile boolean paused;
  public volatile String failure;
  final RecordingControl control = new RecordingControl();
  public volatile String ended;
  public volatile double secondsSinceEvent = 1;
  public volatile double secondsUncommitted;
  public volatile double secondsBehind = 0.2;
  public volatile double secondsToPurge = Double.NaN;
  public volatile RulesStatus rules = new RulesStatus(1, null, 0, null);
  public volatile ThreadFailures failures = new ThreadFailures();
  public volatile List<ParkedTable> parked = List.of();
  public volatile List<GroupEvent> events = List.of();
  public volatile StoredConfig config =
      config(
          """
          {"KafkaAddr": ["k:9092"], "MysqlConn": "u:secret1@tcp(db:3306)",
           "Sources": [{"Schema": "mall", "Tables": [{"Table": "goods"}]}]}
          """);
  public volatile List<SnapshotProgress> snapshots = List.of();
  public volatile Instant since = Instant.EPOCH;
  public volatile GroupMembers members = GroupMembers.UNKNOWN;
  long gaps;
  String name = "db_mall";

  static StoredConfig config(String text) {
    return new StoredConfig(new ConfigReader(Map.of()).read(text, "conf.json"), 12, text);
  }

  @Override
  public String group() {
    return name;
  }

  @Override
  public boolean isMaster() {
    return master;
  }

  @Override
  public GroupRole role() {
    return new GroupRole(master, standsBy && !master, since, failure);
  }

  @Override
  public boolean isPaused() {
    return paused;
  }

  @Override
  public GroupControl control() {
    return control;
  }

  @Override
  public GroupProgress progress() {
    return new GroupProgress(
        new BinlogPosition("binlog.000007", 1944),
        secondsSinceEvent,
        secondsUncommitted,
        secondsBehind,
        Double.NaN,
        Duration.ofSeconds(5));
  }

  @Override
  public String ended() {
    return ended;
  }

  @Override
  public List<String> servers() {
    return List.of("db.internal:3306");
  }

  @Override
  public Routes routes() {
    return ROUTES;
  }

  @Override
  public RulesStatus rules() {
    return rules;
  }

  @Override
  public StoredConfig config() {
    return config;
  }

  @Override
  public StatusDetails details() {
    SourceLogState log = new SourceLogState(Double.NaN, new PurgeForecast(secondsToPurge, null));
    return new StatusDetails(events, log, null, members);
  }

  @Override
  public long gaps() {
    return gaps;
  }

  @Override
  public long statementEvents() {
    return 3;
  }

  @Override
  public List<ParkedTable> parked() {
    return parked;
  }

  @Override
  public long parkedRows() {
    return 3;
  }

  @Override
  public List<SnapshotProgress> snapshots() {
    return snapshots;
  }

  @Override
  public ThreadFailures threadFailures() {
    return failures;
  }
}
