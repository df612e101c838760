package io.binlogbroker.cli.position.foreign;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.binlogbroker.binlog.Mutations;
import io.binlogbroker.engine.model.DeliveryException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Damaged positions of other programs are either read or refused. */
class ForeignPositionsFuzzTest {
  private static final Set<Class<? extends Exception>> DECLARED = Set.of(DeliveryException.class);
  private static final List<String> WORDS =
      List.of(
          "\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "1e99999999999",
          "-1",
          "9223372036854775807",
          "9223372036854775808",
          "null",
          "true",
          "\\u0000",
          "[[[[[[[[",
          "\"snapshot\":",
          "\"event\":",
          "\"payload\":",
          "\"postion\":",
          "\"clientDatas\":");
  private static final String OFFSET =
      "{\"ts_sec\":1700000000,\"file\":\"binlog.000007\",\"pos\":1944,\"row\":1,\"event\":2,"
          + "\"gtids\":\"7d49b361-e64f-11f1-ab7d-02fc00000001:1-23\",\"server_id\":1}";

  @Test
  void offsetsOfDebezium() {
    Mutations.ofTexts("Debezium's offsets", List.of(OFFSET), DECLARED, WORDS)
        .run(bytes -> DebeziumOffset.read(bytes, "the text"));
  }

  @Test
  void filesOfOffsets() throws Exception {
    Map<byte[], byte[]> map = new HashMap<>();
    map.put(OffsetsFileTest.bytes("[\"kafka\",{\"server\":\"p\"}]"), OFFSET.getBytes(UTF_8));
    map.put(OffsetsFileTest.bytes("[\"other\",{\"server\":\"q\"}]"), OFFSET.getBytes(UTF_8));
    Mutations.of("files of offsets", List.of(OffsetsFileTest.serialized(map)), DECLARED)
        .run(bytes -> new DebeziumOffsets(OffsetsFile.read(bytes, "f"), "f").select(null, null));
  }

  @Test
  void keysOfConnectors() {
    Mutations.ofTexts("keys of offsets", List.of("[\"shop\",{\"server\":\"p\"}]"), DECLARED, WORDS)
        .run(bytes -> ConnectorKey.read(new String(bytes, UTF_8)));
  }

  @Test
  void rowsOfMaxwell() {
    String row =
        "{\"server_id\":1,\"binlog_file\":\"binlog.000007\",\"binlog_position\":1944,"
            + "\"gtid_set\":null,\"last_heartbeat_read\":1700000000000}";
    Mutations.ofTexts("Maxwell's rows", List.of(row), DECLARED, WORDS)
        .run(bytes -> MaxwellPosition.read(new String(bytes, UTF_8), "the text"));
  }

  @Test
  void cursorsOfCanal() {
    String meta = CanalCursorTest.meta(CanalCursorTest.client(1001, CanalCursorTest.CURSOR));
    Mutations.ofTexts("Canal's cursors", List.of(meta, CanalCursorTest.CURSOR), DECLARED, WORDS)
        .run(bytes -> CanalCursor.read(bytes, null, "the text"));
  }
}
