package io.binlogbroker.broker.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.engine.snapshot.SnapshotProgress;
import io.binlogbroker.engine.snapshot.SnapshotState;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotJsonTest {
  private static String written(String state, String waitsFor) throws IOException {
    SnapshotState read = SnapshotState.of(state.getBytes(UTF_8));
    ObjectNode json = new ObjectMapper().createObjectNode();
    SnapshotJson.put(json, List.of(new SnapshotProgress(read, 2, 4096, 0.5, waitsFor)));
    return json.get("snapshots").get(0).toString();
  }

  @Test
  void aTableThatIsReadShowsHowFarItIsAndWhyItWaits() throws IOException {
    String state =
        "{\"schema\":\"d\",\"table\":\"t\",\"status\":\"READING\",\"where\":\"id > 7\",\"started\":0,"
            + "\"estimate\":100,\"rows\":40,\"skipped\":2,\"ranges\":[{}]}";

    assertThat(written(state, "SnapshotRate"))
        .isEqualTo(
            "{\"schema\":\"d\",\"table\":\"t\",\"status\":\"reading\",\"rows\":40,\"skipped\":2,"
                + "\"estimate\":100,\"started\":\"1970-01-01T00:00:00Z\",\"where\":\"id > 7\","
                + "\"waits_for\":\"SnapshotRate\",\"chunks\":2,\"held_bytes\":4096,\"view_seconds\":0.5}");
  }

  @Test
  void aFailedTableShowsWhenAndWhy() throws IOException {
    String state =
        "{\"schema\":\"d\",\"table\":\"t\",\"status\":\"FAILED\",\"reason\":\"no key\",\"started\":0,"
            + "\"ended\":1000,\"estimate\":-1,\"rows\":0,\"skipped\":0,\"ranges\":[{}]}";

    assertThat(written(state, null))
        .contains(
            "\"status\":\"failed\"", "\"ended\":\"1970-01-01T00:00:01Z\"", "\"reason\":\"no key\"")
        .doesNotContain("estimate", "waits_for");
  }
}
