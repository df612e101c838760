package io.binlogbroker.broker.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OtherGroupsTest {
  @Test
  void bothTransactionalIdsOfAnotherGroupNameIt() {
    assertThat(
            OtherGroups.among(
                Producers.SETTINGS, List.of("binlogbroker-social", "binlogbroker-social/2")))
        .containsExactly("social");
  }

  @Test
  void theOwnGroupIsNotReported() {
    assertThat(
            OtherGroups.among(
                Producers.SETTINGS, List.of("binlogbroker-db_mall", "binlogbroker-db_mall/2")))
        .isEmpty();
  }

  @Test
  void otherProgramsAreNotReported() {
    assertThat(OtherGroups.among(Producers.SETTINGS, List.of("orders", "db_mall"))).isEmpty();
  }
}
