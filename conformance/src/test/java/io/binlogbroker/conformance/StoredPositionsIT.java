package io.binlogbroker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.cli.position.foreign.DebeziumOffsets;
import io.binlogbroker.cli.position.foreign.ForeignPosition;
import io.binlogbroker.cli.position.foreign.OffsetsFile;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.source.mysql.check.PositionImport;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import io.binlogbroker.testkit.MysqlServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Takes over the positions that Debezium itself has stored. */
@Timeout(180)
class StoredPositionsIT {
  private static final String SCHEMA = "moved";

  @TempDir Path folder;

  /** Debezium does not record that the transaction with the last row is complete. */
  @ParameterizedTest
  @ValueSource(strings = {"OFF", "ON"})
  void debeziumsLastTransactionIsRepeatedAndNothingIsSkipped(String gtidMode) throws Exception {
    try (MysqlServer mysql = server(gtidMode)) {
      Path offsets = folder.resolve("offsets.dat");
      BinlogPosition last;
      try (DebeziumOracle debezium = DebeziumOracle.open(mysql, SCHEMA, offsets)) {
        mysql.execute("INSERT INTO moved.goods VALUES (1), (2)");
        debezium.await(2);
        last = end(mysql);
        mysql.execute(
            "BEGIN",
            "INSERT INTO moved.goods VALUES (3), (4)",
            "INSERT INTO moved.goods VALUES (5)",
            "COMMIT");
        debezium.await(5);
      }
      mysql.execute("INSERT INTO moved.goods VALUES (6)");

      ForeignPosition found =
          new DebeziumOffsets(OffsetsFile.read(Files.readAllBytes(offsets), "file"), "file")
              .select(null, null);
      PositionImport.Result result = new PositionImport(source(mysql)).translate(found.read());

      assertThat(found.read().events()).isPositive();
      assertThat(result.position().place()).isEqualTo(last);
      assertThat(result.notes())
          .singleElement()
          .asString()
          .endsWith("up to 3 rows are delivered again");
      if (gtidMode.equals("ON")) {
        String uuid = mysql.value("SELECT @@server_uuid");
        String read = mysql.value("SELECT @@global.gtid_executed");
        assertThat(read).isEqualTo(uuid + ":1-" + number(read));
        assertThat(result.position().gtidSet()).isEqualTo(uuid + ":1-" + (number(read) - 2));
      }
    }
  }

  private static MysqlServer server(String gtidMode) {
    MysqlServer mysql =
        MysqlServer.mysql8033()
            .with("gtid_mode", gtidMode)
            .with("enforce_gtid_consistency", "ON")
            .start();
    mysql.createReplicationUser("rep_user", "rep_user");
    mysql.execute(
        "SET GLOBAL binlog_format = 'ROW'",
        "CREATE DATABASE moved",
        "CREATE TABLE moved.goods (id INT PRIMARY KEY)",
        "GRANT SELECT ON *.* TO rep_user");
    return mysql;
  }

  private static SourceOptions source(MysqlServer mysql) {
    String config =
        """
        {"KafkaAddr": ["localhost:1"], "MysqlConn": "rep_user:rep_user@tcp(127.0.0.1:%d)",
         "AllowPublicKeyRetrieval": true, "SyncAll": true}
        """
            .formatted(mysql.port());
    return new ConfigReader().read(config, "the test").sourceOptions(SCHEMA);
  }

  private static BinlogPosition end(MysqlServer mysql) {
    Map<String, String> status = mysql.query("SHOW MASTER STATUS").get(0);
    return new BinlogPosition(status.get("File"), Long.parseLong(status.get("Position")));
  }

  private static long number(String gtidSet) {
    return Long.parseLong(gtidSet.substring(gtidSet.lastIndexOf('-') + 1));
  }
}
