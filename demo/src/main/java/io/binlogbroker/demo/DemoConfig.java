package io.binlogbroker.demo;

/** Writes the configuration that the demo's broker gets, as a user would write it. */
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
            // Topics are created with so many partitions.
            "Partitions": 4,
            // Where the position in the binary log is kept.
            "StateDir": "%s"
          },
          "SourceConfig": {
            "MysqlConn": "%s:%s@tcp(127.0.0.1:%d)",
            // true: a schema without tables in this file is delivered whole.
            "SyncAll": true,
            "Sources": [
              {
                "Schema": "mall_db",
                "Tables": [
                  // Topic and key by default: the schema's name and the table's name.
                  { "Table": "goods" },
                  // A topic of its own; all rows of one user stay in order.
                  { "Table": "package", "Topic": "mytopic", "Key": "usr_id" }
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
