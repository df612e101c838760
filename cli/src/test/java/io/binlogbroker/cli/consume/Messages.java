package io.binlogbroker.cli.consume;

import io.binlogbroker.client.ChangeRecord;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Creates messages like the broker's. */
final class Messages {
  private Messages() {}

  static ChangeRecord message(String op, String before, String after) {
    return ChangeRecord.of(record(op, before, after));
  }

  static ChangeRecord half(String header, String otherKey, String op, String row) {
    boolean leaves = op.equals("d");
    ConsumerRecord<byte[], byte[]> record =
        record(op, leaves ? row : "null", leaves ? "null" : row);
    record.headers().add(header, utf8(otherKey));
    return ChangeRecord.of(record);
  }

  private static ConsumerRecord<byte[], byte[]> record(String op, String before, String after) {
    String json =
        """
        {"op":"%s","before":%s,"after":%s,"source":{"group":"db_mall","db":"mall_db",
         "table":"package","server_id":1,"gtid":null,"file":"binlog.000002","pos":4,"row":0,
         "ts_ms":1,"snapshot":false},"ts_ms":2}
        """;
    byte[] value = utf8(json.formatted(op, before, after));
    return new ConsumerRecord<>("mytopic", 2, 0, utf8("1017"), value);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
