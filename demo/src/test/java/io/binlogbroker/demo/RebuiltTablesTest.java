package io.binlogbroker.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.SourceTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RebuiltTablesTest {
  private static final SourceTable COURIER = new SourceTable("mall_db", "courier");

  private final RebuiltTables rebuilt = new RebuiltTables(Map.of(COURIER, List.of("id")));

  @Test
  void aRowOfASnapshotIsARowAndNoChange() {
    rebuilt.accept(message("r", 4, 1));

    assertThat(rebuilt.violations(0)).isEmpty();
    assertThat(rebuilt.rows(COURIER)).hasSize(1);
  }

  @Test
  void aRowThatIsReadAgainIsContainedAgain() {
    rebuilt.accept(message("r", 4, 1));
    rebuilt.accept(message("r", 4, 1));

    assertThat(rebuilt.violations(0)).isEmpty();
    assertThat(rebuilt.rows(COURIER)).hasSize(2);
  }

  @Test
  void aRowThatIsInsertedInsteadOfReadIsOneChangeTooMany() {
    rebuilt.accept(message("c", 4, 1));

    assertThat(rebuilt.violations(0)).containsExactly("expected 0 changes in the topics, got 1");
  }

  @Test
  void aRowThatIsReadAndInsertedIsContainedTwice() {
    rebuilt.accept(message("r", 4, 1));
    rebuilt.accept(message("c", 5, 1));

    assertThat(rebuilt.violations(1)).isEmpty();
    assertThat(rebuilt.rows(COURIER)).hasSize(2);
  }

  @Test
  void aDuplicateChangeIsReported() {
    rebuilt.accept(message("c", 4, 1));
    rebuilt.accept(message("c", 4, 1));

    assertThat(rebuilt.violations(2)).hasSize(1);
  }

  private static ChangeRecord message(String op, long pos, int id) {
    String message =
        """
        {"op":"%s","before":null,"after":{"id":%d},"source":{"group":"db_mall","db":"mall_db",
         "table":"courier","server_id":1,"gtid":null,"file":"binlog.000002","pos":%d,"row":0,
         "ts_ms":1,"snapshot":%b},"ts_ms":2}
        """
            .formatted(op, id, pos, op.equals("r"));
    byte[] value = message.getBytes(StandardCharsets.UTF_8);
    return ChangeRecord.of(new ConsumerRecord<>("mall_db", 0, 0, new byte[0], value));
  }
}
