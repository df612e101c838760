package io.binlogbroker.cli.process;

import io.binlogbroker.broker.LiveTopics;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A shop's MySQL, a Kafka, and what the tests of faults do with both. */
record Shop(MysqlServer mysql, KafkaServer kafka) implements AutoCloseable {
  static final String GROUP = "db_mall";

  private static final String USER = "rep_user";

  /** Makes a broker commit often, so that source transactions are cut. */
  static final String CUTTING = "\"CommitSize\": \"32KiB\", \"CommitMaxSize\": \"64KiB\",";

  /** Starts both servers and creates the tables, empty. */
  static Shop open(MysqlServer mysql, KafkaServer kafka) {
    mysql.start();
    kafka.start();
    mysql.createReplicationUser(USER, USER);
    Shop shop = new Shop(mysql, kafka);
    shop.createTables();
    return shop;
  }

  /** Makes the tables anew and removes the topics, for a further test; no broker may run. */
  void clear() {
    // The server notices the end of a killed broker's connection when it sends a heartbeat.
    BrokerPair.await("no broker at MySQL", () -> connections() == 0);
    new LiveTopics(kafka).deleteAll();
    mysql.execute("DROP DATABASE mall_db");
    createTables();
  }

  private void createTables() {
    mysql.execute(
        "CREATE DATABASE mall_db",
        "CREATE TABLE mall_db.audit (tx BIGINT AUTO_INCREMENT PRIMARY KEY, changes INT NOT NULL)");
    Stream.of(ShopTable.values()).forEach(table -> mysql.execute(table.create()));
  }

  /** How many connections to MySQL the brokers have, by the server's own account. */
  int connections() {
    return mysql
        .query("SELECT 1 FROM information_schema.PROCESSLIST WHERE USER = '" + USER + "'")
        .size();
  }

  /** How many brokers read the log: each has further connections only for a question. */
  int streams() {
    return mysql
        .query(
            "SELECT 1 FROM information_schema.PROCESSLIST WHERE USER = '"
                + USER
                + "' AND COMMAND LIKE 'Binlog Dump%'")
        .size();
  }

  /** A broker for the shop, which reads from MySQL's own port. */
  BrokerProcess broker(Path folder) {
    return broker(folder, mysql.port(), "");
  }

  /**
   * A broker for the shop.
   *
   * @param port where it finds MySQL
   * @param more keys of its configuration, each with a comma behind it
   */
  BrokerProcess broker(Path folder, int port, String more) {
    return broker(folder, port, kafka.bootstrapServers(), "\"RPCListen\": \"\"," + more);
  }

  /**
   * A broker for the shop, with its own way to each server.
   *
   * @param kafka where it finds Kafka
   */
  BrokerProcess broker(Path folder, int port, String kafka, String more) {
    return new BrokerProcess(folder, GROUP, config(port, kafka, more));
  }

  private static String config(int port, String kafka, String more) {
    return """
    {%s "KafkaAddr": ["%s"], "Partitions": 4,
     "MysqlConn": "rep_user:rep_user@tcp(127.0.0.1:%d)", "Heartbeat": "1s",
     "AllowPublicKeyRetrieval": true, "Tls": {"Mode": "disabled"},
     "Sources": [{"Schema": "mall_db", "Tables": [
       {"Table": "goods"},
       {"Table": "package", "Topic": "mytopic", "Key": "usr_id"},
       {"Table": "order_\\\\d+", "Topic": "${schema}.orders", "Key": "@pk"}]}]}
    """
        .formatted(more, kafka, port);
  }

  /**
   * Writes one row into each table in a transaction. A consumer that has seen all of them has seen
   * all that came before.
   *
   * @param mark that the row of {@link ShopTable#GOODS} holds
   * @return the id of the rows
   */
  long write(String mark) {
    long id = freeId();
    Random random = new Random(id);
    List<String> statements = new ArrayList<>(List.of("START TRANSACTION"));
    for (ShopTable table : ShopTable.values()) {
      statements.add("INSERT INTO " + table.table() + " VALUES " + table.row(id, random));
    }
    statements.add("UPDATE mall_db.goods SET name = '" + mark + "' WHERE id = " + id);
    statements.add(
        "INSERT INTO mall_db.audit (changes) VALUES (" + (ShopTable.values().length + 1) + ")");
    statements.add("COMMIT");
    mysql.execute(statements.toArray(String[]::new));
    return id;
  }

  /**
   * An id above all that were used, wherever a transaction takes {@link ShopTransactions#LARGEST}.
   */
  long freeId() {
    String last = mysql.value("SELECT COALESCE(MAX(tx), 0) FROM mall_db.audit");
    return (Long.parseLong(last) + 2) * ShopTransactions.LARGEST;
  }

  /** How many changes the tables that are delivered have seen. */
  long changes() {
    return Long.parseLong(mysql.value("SELECT SUM(changes) FROM mall_db.audit"));
  }

  @Override
  public void close() {
    mysql.close();
    kafka.close();
  }
}
