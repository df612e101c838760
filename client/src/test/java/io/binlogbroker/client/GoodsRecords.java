package io.binlogbroker.client;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Creates records as the broker would send them: key {@code usr_id}, primary key {@code id}. */
final class GoodsRecords {
  static final SourceTable GOODS = new SourceTable("mall_db", "goods");

  private long offset;

  ChangeRecord insert(long pos, int id, int usrId, String note) {
    return record(usrId, message("c", pos, "null", row(id, usrId, note)));
  }

  ChangeRecord update(long pos, int id, int usrId, String oldNote, String newNote) {
    return record(usrId, message("u", pos, row(id, usrId, oldNote), row(id, usrId, newNote)));
  }

  ChangeRecord delete(long pos, int id, int usrId, String note) {
    return record(usrId, message("d", pos, row(id, usrId, note), "null"));
  }

  ChangeRecord leaves(long pos, int usrId, int newUsrId, String before) {
    return half(usrId, "bb.newkey", newUsrId, message("d", pos, before, "null"));
  }

  ChangeRecord arrives(long pos, int usrId, int oldUsrId, String after) {
    return half(usrId, "bb.oldkey", oldUsrId, message("c", pos, "null", after));
  }

  static String row(int id, int usrId, String note) {
    return "{\"id\":" + id + ",\"usr_id\":" + usrId + ",\"note\":\"" + note + "\"}";
  }

  static String message(String op, long pos, String before, String after) {
    return "{\"op\":\""
        + op
        + "\",\"before\":"
        + before
        + ",\"after\":"
        + after
        + ",\"source\":{\"group\":\"db_mall\",\"db\":\"mall_db\",\"table\":\"goods\","
        + "\"server_id\":1,\"gtid\":null,\"file\":\"binlog.000002\",\"pos\":"
        + pos
        + ",\"row\":0,\"ts_ms\":1000,\"snapshot\":false},\"ts_ms\":2000}";
  }

  ChangeRecord record(int key, String message) {
    return ChangeRecord.of(kafkaRecord(key, message));
  }

  private ChangeRecord half(int key, String header, int otherKey, String message) {
    ConsumerRecord<byte[], byte[]> record = kafkaRecord(key, message);
    record.headers().add(header, utf8("" + otherKey));
    return ChangeRecord.of(record);
  }

  ConsumerRecord<byte[], byte[]> kafkaRecord(int key, String message) {
    return new ConsumerRecord<>("mall_db", key % 2, offset++, utf8("" + key), utf8(message));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
