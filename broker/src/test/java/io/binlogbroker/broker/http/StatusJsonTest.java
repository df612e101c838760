package io.binlogbroker.broker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.broker.admin.StatusDetails;
import io.binlogbroker.broker.ha.GroupMembers;
import io.binlogbroker.engine.source.mysql.purge.PurgeForecast;
import io.binlogbroker.engine.source.mysql.purge.SourceLogState;
import io.binlogbroker.engine.source.mysql.server.SourceFacts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusJsonTest {
  @Test
  void whatIsNotKnownIsLeftOut() {
    assertThat(json(StatusDetails.NONE)).doesNotContain("NaN").doesNotContain("source");
  }

  @Test
  void namesTheSourceAndWhenItPurgesThePosition() {
    SourceFacts source =
        new SourceFacts("db1:3306", "MySQL 8.0.33", true, "FULL", null, Instant.EPOCH);
    SourceLogState log =
        new SourceLogState(5, new PurgeForecast(60, "binlog_expire_logs_seconds = 60"));

    assertThat(json(new StatusDetails(List.of(), log, source, GroupMembers.UNKNOWN)))
        .contains("\"bytes_behind\":5.0,\"seconds_to_purge\":60.0")
        .contains("\"purged_by\":\"binlog_expire_logs_seconds = 60\"")
        .contains("{\"address\":\"db1:3306\",\"version\":\"MySQL 8.0.33\",\"gtids\":true")
        .contains("\"row_image\":\"FULL\",\"since\":\"1970-01-01T00:00:00Z\"");
  }

  private static String json(StatusDetails details) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    StatusJson.put(json, details);
    return json.toString();
  }
}
