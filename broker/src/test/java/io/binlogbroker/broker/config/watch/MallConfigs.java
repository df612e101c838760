package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.ConfigReader;
import java.util.Map;

/** Configurations that deliver tables of the schema {@code mall_db}. */
final class MallConfigs {
  private MallConfigs() {}

  static StoredConfig config(long revision, String more, String tables) {
    return config(revision, more, "secret1", tables);
  }

  static StoredConfig config(long revision, String more, String password, String tables) {
    String text =
        """
        {%s "KafkaAddr":["k:9092"], "MysqlConn":"u:%s@tcp(db:3306)",
         "Sources":[{"Schema":"mall_db","Tables":[%s]}]}
        """
            .formatted(more, password, tables);
    return new StoredConfig(new ConfigReader(Map.of()).read(text, "conf.json"), revision, text);
  }
}
