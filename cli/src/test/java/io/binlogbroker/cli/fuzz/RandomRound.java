package io.binlogbroker.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.cli.process.BrokerProcess;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * One seed on one server: a random schema, random changes, a broker that is killed several times,
 * and the tables rebuilt from Kafka. The test's thread.
 */
record RandomRound(MysqlVersion version, long seed, int steps, int kills) {
  /** The counts of a round. */
  record Result(long changes, int lives, String statements, List<String> differences) {}

  Result run(LiveServers servers, Path folder) throws SQLException, IOException {
    MysqlServer mysql = servers.mysql(version);
    KafkaServer kafka = servers.kafka();
    Dice dice = new Dice(seed);
    String schema = ("fuzz_" + version + "_" + Long.toHexString(seed)).toLowerCase(Locale.ROOT);
    LogSettings settings = new LogSettings(version, dice);
    mysql.execute(settings.begin().toArray(String[]::new));
    boolean byPrimaryKey = dice.chance(50);
    String config = config(schema, byPrimaryKey, dice, mysql.port(), kafka.bootstrapServers());
    try (BrokerProcess broker = new BrokerProcess(folder, schema, config).start().awaitReading();
        DeliveredChanges deliveries =
            new DeliveredChanges(
                kafka, schema, new MessageKeys(byPrimaryKey), () -> requireRunning(broker));
        RandomWriter writer = new RandomWriter(mysql, schema, settings, dice, deliveries::await)) {
      for (int step = 1; step <= steps; step++) {
        writer.step();
        if (kills > 0 && step % (steps / (kills + 1)) == 0) {
          requireRunning(broker);
          broker.kill();
          broker.start();
        }
      }
      List<TableLife> lives = writer.finish();
      if (version.isMariaDb() && writer.loggedAsStatements() > 0) {
        assertThat(broker.allConsoles()).contains("A change in statement format (");
      }
      return new Result(
          deliveries.count(), lives.size(), writer.figures(), deliveries.differences(lives));
    }
  }

  private static void requireRunning(BrokerProcess broker) {
    if (!broker.isRunning()) {
      throw new AssertionError("The broker has ended: " + broker.lastLine());
    }
  }

  private String config(String schema, boolean byPrimaryKey, Dice dice, int port, String kafka) {
    String key = byPrimaryKey ? ", \"Key\": \"@pk\"" : "";
    String small =
        dice.chance(50) ? "\"CommitSize\": \"32KiB\", \"CommitMaxSize\": \"64KiB\"," : "";
    // MariaDB does not log which schemas a statement changes.
    String statements = version.isMariaDb() ? "\"OnStatementEvent\": \"warn\", " : "";
    return """
    {"RPCListen": "", %s "KafkaAddr": ["%s"], "Partitions": 3,
     "MysqlConn": "rep_user:rep_user@tcp(127.0.0.1:%d)", "Heartbeat": "1s",
     %s"AllowPublicKeyRetrieval": true, "Tls": {"Mode": "disabled"},
     "BlackList": ["%s.%s"],
     "Sources": [{"Schema": "%s", "Tables": [{"Table": ".*", "Topic": "%s"%s}]}]}
    """
        .formatted(small, kafka, port, statements, schema, Bystanders.LISTED, schema, schema, key);
  }
}
