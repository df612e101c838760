package io.binlogbroker.engine.source.mysql;

import io.binlogbroker.binlog.ReplicaClient;
import io.binlogbroker.binlog.ReplicaOptions;
import io.binlogbroker.binlog.event.MysqlGtidSet;
import io.binlogbroker.binlog.event.ServerVersion;
import io.binlogbroker.binlog.row.column.TextFaults;
import io.binlogbroker.binlog.wire.ReplicaIdentity;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.engine.format.registry.Formats;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.FormatName;
import io.binlogbroker.engine.model.FormatOptions;
import io.binlogbroker.engine.model.OnStatementEvent;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.Restart;
import io.binlogbroker.engine.relay.ActiveRules;
import io.binlogbroker.engine.relay.AsyncChangeSink;
import io.binlogbroker.engine.relay.CommitPolicy;
import io.binlogbroker.engine.relay.DdlTopic;
import io.binlogbroker.engine.relay.Relay;
import io.binlogbroker.engine.relay.RelaySetup;
import io.binlogbroker.engine.relay.RowDelivery;
import io.binlogbroker.engine.relay.SnapshotFeed;
import io.binlogbroker.engine.relay.StatementChanges;
import io.binlogbroker.engine.route.Rules;
import io.binlogbroker.engine.route.RulesText;
import io.binlogbroker.engine.schema.catalogue.ParkedTables;
import io.binlogbroker.engine.source.ChangeSource;
import io.binlogbroker.engine.source.mysql.log.FakeLiveLog;
import io.binlogbroker.engine.source.mysql.log.LogStart;
import io.binlogbroker.engine.source.mysql.log.LogWatch;
import io.binlogbroker.engine.source.mysql.log.ServerBinlogReplay;
import io.binlogbroker.engine.source.mysql.log.StatementReader;
import io.binlogbroker.engine.source.mysql.schema.InformationSchema;
import io.binlogbroker.engine.source.mysql.server.ServerIdentity;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import io.binlogbroker.engine.source.mysql.transaction.ExecutedGtids;
import io.binlogbroker.engine.source.mysql.transaction.UndoneRows;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The complete path of a row through the broker, from the socket to the call of Kafka's client,
 * assembled as in {@code Broker}; the calling thread is the relay thread.
 */
final class HotPath {
  private static final String FILE = "binlog.000001";
  private static final long FIRST_EVENT = 4;
  private static final String SERVER = new UUID(0, 2).toString();

  private HotPath() {}

  /**
   * Sends the sample through the path until the meter has measured enough.
   *
   * @param enough whether the meter's figures need no further slice
   */
  static RowMeter measure(SampleLog log, Predicate<RowMeter> enough) throws IOException {
    AsyncChangeSink sink = new AsyncChangeSink(new NowhereSink(), () -> true);
    RowMeter meter = new RowMeter(sink, new Yardstick(log), enough);
    try (meter;
        SampleServer server = new SampleServer(log);
        ChangeSource source = source(server)) {
      meter.open();
      Relay relay = relay(log.schema(), source, meter);
      meter.whenDone(relay::stop);
      relay.run();
    }
    return meter;
  }

  private static ChangeSource source(SampleServer server) throws IOException {
    SourceFailures failures = new SourceFailures("rep_user");
    InformationSchema schemas = new InformationSchema(server.options(), SERVER, failures);
    ReplicaOptions options =
        new ReplicaOptions(
            new ReplicaIdentity(1, new UUID(0, 1), "test"),
            Duration.ofSeconds(10),
            1 << 24,
            schemas,
            TextFaults.IGNORED);
    Restart start = new Restart(new BinlogPosition(FILE, FIRST_EVENT), "", SERVER, 0);
    ReplicaClient client =
        ReplicaClient.fromPosition(
            Session.open(server.options()), options, start.file(), start.offset());
    return new MysqlChangeSource(
        client,
        new Lookups(
            new ServerBinlogReplay(server.options(), options),
            schemas,
            new RecordedStatements(),
            new UndoneRows(),
            new StatementReader(ServerVersion.parse("8.0.33"), 1 << 24),
            new LogWatch(new FakeLiveLog(), () -> 0)),
        ExecutedGtids.mysql(MysqlGtidSet.parse("")),
        new ServerIdentity(SERVER, false),
        new LogStart(start, true),
        failures);
  }

  private static Relay relay(String schema, ChangeSource source, RowMeter meter) {
    RelaySetup setup =
        new RelaySetup(
            new ActiveRules(rules(schema)),
            routes ->
                new RowDelivery(
                    "g",
                    routes,
                    new Formats(FormatName.JSON, FormatOptions.DEFAULT),
                    new StatementChanges(OnStatementEvent.STOP),
                    new ParkedTables(false),
                    new DdlTopic("g", null)),
            new CommitPolicy(Duration.ofMillis(100), 8 << 20, 64 << 20, Duration.ofSeconds(30)),
            System::currentTimeMillis);
    Position start = new Position(new BinlogPosition(FILE, FIRST_EVENT), "", 0, 0, SERVER, "epoch");
    return new Relay(setup, source, meter, SnapshotFeed.NONE, start, () -> true);
  }

  /** Rules with a key of columns, which costs more than the table's name. */
  private static Rules rules(String schema) {
    String config =
        """
        {"Sources":[{"Schema":"%s","Tables":[{"Table":".*","Topic":"changes","Key":"@pk"}]}]}
        """
            .formatted(schema);
    return RulesText.rules(1, config);
  }
}
