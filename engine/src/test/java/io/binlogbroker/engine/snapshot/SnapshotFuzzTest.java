package io.binlogbroker.engine.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.binlogbroker.binlog.Mutations;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.snapshot.SnapshotRequest.Action;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Damaged states and requests are either read or rejected. */
class SnapshotFuzzTest {
  private static final TableName TABLE = new TableName("mall_db", "订单");
  private static final List<String> WORDS =
      List.of("\"", "{", "}", "[", "]", ",", ":", "1e99999999999", "-1", "null", "\"READING\"");

  @Test
  void statesAreReadOrRejected() {
    SnapshotState state = SnapshotState.begin(TABLE, "id > 7", "00001-a", 3, 1_795_337_799_789L);
    Mutations.ofTexts(
            "states of snapshots",
            List.of(new String(state.toJson(), UTF_8)),
            Set.of(IOException.class),
            WORDS)
        .run(SnapshotState::of);
  }

  @Test
  void requestsAreReadOrRejected() {
    SnapshotRequest request =
        new SnapshotRequest("00001-a", Action.START, List.of(TABLE), "id > 7", 3);
    Mutations.ofTexts(
            "requests for snapshots",
            List.of(new String(request.toJson(), UTF_8)),
            Set.of(IOException.class),
            WORDS)
        .run(SnapshotRequest::of);
  }
}
