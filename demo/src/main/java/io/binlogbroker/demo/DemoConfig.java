package io.binlogbroker.demo;

/** Writes the configuration of the demo's broker, as a user would write it. Stateless. */
final class DemoConfig {
  static final String GROUP = "db_mall";

  private DemoConfig() {}

  static String text(DemoServers servers) {
    String folder = servers.folder().toString().replace("\\", "\\\\").replace("\"", "\\\"");
    return """
        {
          "BrokerConfig": {
            "LogDir": "%s",
            "LogFile": "binlogbroker.log",
            "RPCListen":"", "KafkaAddr": ["%s"],
            // The number of partitions of the topics that the broker creates.
            "Partitions": 4,
            // The folder in which the position in the binary log is stored.
            "StateDir": "%s"
          },
          "SourceConfig": {
            "MysqlConn": "%s:%s@tcp(127.0.0.1:%d)",
            // true: a schema without tables in this file is delivered completely.
            "SyncAll": true,
            "Sources": [
              {
                "Schema": "mall_db",
                "Tables": [
                  // Topic and key by default: the schema's name and the table's name.
                  { "Table": "goods" },
                  // A topic of its own; all rows of one user stay in order.
                  { "Table": "package", "Topic": "mytopic", "Key": "usr_id" },
                  // Its rows are older than the broker: a snapshot delivers them.
                  { "Table": "courier", "Snapshot": "initial" }
                ]
              },
              {
                // No tables: with SyncAll, every table of social_db is delivered.
                "Schema": "social_db",
                "Tables": []
              }
            ]
          }
        }"""
        .formatted(
            folder,
            servers.kafka().bootstrapServers(),
            folder,
            DemoServers.USER,
            DemoServers.USER,
            servers.mysql().port());
  }
}
