package io.binlogbroker.bench.subject;

import io.binlogbroker.bench.load.ServerPosition;
import io.binlogbroker.bench.load.WrittenLoad;
import io.binlogbroker.testkit.DebeziumServer;
import io.binlogbroker.testkit.MysqlServer;
import java.util.List;
import java.util.Optional;

/** What Debezium delivers of a load's schema. */
public enum DebeziumMode {
  /** The changes from the load's position. */
  CHANGES("") {
    @Override
    Optional<ServerPosition> start(WrittenLoad load, MysqlServer mysql) {
      return Optional.of(load.start());
    }

    @Override
    List<String> properties(String schema) {
      return List.of(include(schema), RECOVERY);
    }
  },

  /** The existing rows, at the first start. */
  INITIAL_SNAPSHOT(", initial") {
    @Override
    Optional<ServerPosition> start(WrittenLoad load, MysqlServer mysql) {
      return Optional.empty();
    }

    @Override
    List<String> properties(String schema) {
      return List.of(include(schema), "debezium.source.snapshot.mode=initial");
    }
  },

  /** The existing rows, at a signal that it finds in a table while it reads the log. */
  INCREMENTAL_SNAPSHOT(", incremental") {
    @Override
    Optional<ServerPosition> start(WrittenLoad load, MysqlServer mysql) {
      mysql.execute(
          "DROP DATABASE IF EXISTS " + SIGNALS,
          "CREATE DATABASE " + SIGNALS,
          "CREATE TABLE "
              + SIGNAL_TABLE
              + " (id VARCHAR(42) PRIMARY KEY, type VARCHAR(32) NOT NULL, data VARCHAR(2048))");
      ServerPosition start = ServerPosition.end(mysql);
      mysql.execute(
          """
          INSERT INTO %s VALUES ('bench', 'execute-snapshot',
          '{"type":"incremental","data-collections":["%s[.].*"]}')
          """
              .formatted(SIGNAL_TABLE, load.schema()));
      return Optional.of(start);
    }

    @Override
    List<String> properties(String schema) {
      return List.of(
          include(schema + "," + SIGNALS),
          RECOVERY,
          "debezium.source.signal.data.collection=" + SIGNAL_TABLE);
    }
  };

  private static final String SIGNALS = "debezium_signals";
  private static final String SIGNAL_TABLE = SIGNALS + ".signals";
  // Reads the tables' columns again, and the changes from the position in the offsets.
  private static final String RECOVERY = "debezium.source.snapshot.mode=recovery";

  private final String suffix;

  DebeziumMode(String suffix) {
    this.suffix = suffix;
  }

  /** The name in the tables. */
  public String subject() {
    return "Debezium Server " + DebeziumServer.VERSION + suffix;
  }

  /** Returns the position in its offsets; none if it has none. */
  abstract Optional<ServerPosition> start(WrittenLoad load, MysqlServer mysql);

  /** The properties that are its own. */
  abstract List<String> properties(String schema);

  private static String include(String schemas) {
    return "debezium.source.database.include.list=" + schemas;
  }
}
