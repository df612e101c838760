package io.binlogbroker.broker.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.Mutations;
import io.binlogbroker.engine.model.DeliveryException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReplicaRecordTest {
  private static final ReplicaRecord RECORD =
      new ReplicaRecord(7, UUID.fromString("3e11fa47-71ca-11e1-9e33-c80aa9429562"));

  @Test
  void aWrittenRecordIsReadAgain() {
    assertThat(ReplicaRecord.fromJson(RECORD.toJson(), "key")).isEqualTo(RECORD);
  }

  @Test
  void damagedRecordsAreReadOrRefused() {
    Mutations.ofTexts(
            "replica identities",
            List.of(RECORD.toJson()),
            Set.of(DeliveryException.class),
            List.of("\"", "{", "[", ":", "1e99999999999", "-1", "null", "[[[[[[[["))
        .run(bytes -> ReplicaRecord.fromJson(new String(bytes, StandardCharsets.UTF_8), "key"));
  }
}
