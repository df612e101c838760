package io.binlogbroker.cli.position.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.source.mysql.check.ReadPosition;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CanalCursorTest {
  static final String CURSOR =
      "{\"identity\":{\"slaveId\":-1,\"sourceAddress\":{\"address\":\"localhost\",\"port\":3306}},"
          + "\"postion\":{\"gtid\":\"\",\"included\":false,\"journalName\":\"mysql-bin.000019\","
          + "\"position\":6170,\"serverId\":1021,\"timestamp\":1551686429000}}";

  @Test
  void theCursorOfMetaDatIsRead() {
    ForeignPosition found = read(meta(client(1001, CURSOR)), null);

    assertThat(found.read())
        .isEqualTo(
            new ReadPosition(new BinlogPosition("mysql-bin.000019", 6170), null, 1021, 0, 0, true));
    assertThat(found.time()).isEqualTo(Instant.ofEpochMilli(1551686429000L));
  }

  @Test
  void theValueInZooKeeperIsRead() {
    String typed =
        "{\"@type\":\"com.alibaba.otter.canal.protocol.position.LogPosition\","
            + CURSOR.substring(1).replace("\"gtid\":\"\"", "\"gtid\":\"u:1-5\"");

    ReadPosition read = read(typed, null).read();

    assertThat(read.place().offset()).isEqualTo(6170);
    assertThat(read.gtidSet()).isEqualTo("u:1-5");
  }

  @Test
  void amongSeveralClientsOneMustBeNamed() {
    String two = meta(client(1001, CURSOR) + "," + client(1002, CURSOR.replace("6170", "4")));

    assertThat(read(two, "1002").read().place().offset()).isEqualTo(4);
    assertThatThrownBy(() -> read(two, null))
        .hasMessageContaining("found 2; its clients are [1001, 1002]: select one with --client-id");
    assertThatThrownBy(() -> read(two, "7")).hasMessageContaining("found 0 of client 7");
  }

  @Test
  void aClientWithoutCursorIsRefused() {
    String without = meta("{\"clientIdentity\":{\"clientId\":1001,\"destination\":\"example\"}}");

    assertThatThrownBy(() -> read(without, null)).hasMessageContaining("found 0");
  }

  static String meta(String clients) {
    return "{\"clientDatas\":[" + clients + "],\"destination\":\"example\"}";
  }

  static String client(int id, String cursor) {
    return "{\"clientIdentity\":{\"clientId\":%d,\"destination\":\"example\",\"filter\":\"\"},\"cursor\":%s}"
        .formatted(id, cursor);
  }

  private static ForeignPosition read(String json, String clientId) {
    return CanalCursor.read(json.getBytes(UTF_8), clientId, "meta.dat");
  }
}
