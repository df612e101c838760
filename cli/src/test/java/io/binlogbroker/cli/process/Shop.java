package io.binlogbroker.cli.process;

import io.binlogbroker.broker.fixture.LiveTopics;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A shop's MySQL and Kafka, and the operations of the failure tests. */
record Shop(MysqlServer mysql, KafkaServer kafka) implements AutoCloseable {
  static final String GROUP = "db_mall";

  private static final String USER = "rep_user";

  /** Makes a broker commit often, so that commits fall within source transactions. */
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

  /** Recreates the tables and removes the topics for the next test; no broker may run. */
  void clear() {
    // The server notices a killed broker's closed connection at the next heartbeat.
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

  /** The number of the brokers' connections to MySQL, by the server's process list. */
  int connections() {
    return mysql
        .query("SELECT 1 FROM information_schema.PROCESSLIST WHERE USER = '" + USER + "'")
        .size();
  }

  /** The number of brokers that read the log: further connections are short queries. */
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
   * @param port MySQL's port or proxy
   * @param more keys of its configuration, each followed by a comma
   */
  BrokerProcess broker(Path folder, int port, String more) {
    return broker(folder, port, kafka.bootstrapServers(), "\"RPCListen\": \"\"," + more);
  }

  /**
   * A broker for the shop, with its own proxies to the servers.
   *
   * @param kafka Kafka's bootstrap address
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
   * Writes one row into each table in a transaction. A consumer that has read all of them has read
   * everything before.
   *
   * @param mark value of the row of {@link ShopTable#GOODS}
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

  /** An id above all used ids, if each transaction takes {@link ShopTransactions#LARGEST}. */
  long freeId() {
    String last = mysql.value("SELECT COALESCE(MAX(tx), 0) FROM mall_db.audit");
    return (Long.parseLong(last) + 2) * ShopTransactions.LARGEST;
  }

  /** The number of changes of the delivered tables. */
  long changes() {
    return Long.parseLong(mysql.value("SELECT SUM(changes) FROM mall_db.audit"));
  }

  @Override
  public void close() {
    mysql.close();
    kafka.close();
  }
}
