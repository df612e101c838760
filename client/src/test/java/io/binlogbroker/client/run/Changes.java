package io.binlogbroker.client.run;

/** Messages in the format {@code json} for a table with the columns id and note. */
final class Changes {
  private Changes() {}

  static String json(String op, long pos, long id, String note) {
    String row = "{\"id\":" + id + ",\"note\":\"" + note + "\"}";
    return "{\"op\":\""
        + op
        + "\",\"before\":"
        + (op.equals("c") || op.equals("r") ? "null" : row)
        + ",\"after\":"
        + (op.equals("d") ? "null" : row)
        + ",\"source\":{\"group\":\"g\",\"db\":\"mall_db\",\"table\":\"goods\",\"server_id\":1,"
        + "\"gtid\":null,\"file\":\"binlog.000002\",\"pos\":"
        + pos
        + ",\"row\":0,\"ts_ms\":1000,\"snapshot\":false},\"ts_ms\":2000}";
  }
}
