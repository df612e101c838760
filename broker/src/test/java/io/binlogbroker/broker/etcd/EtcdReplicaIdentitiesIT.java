package io.binlogbroker.broker.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.testkit.EtcdServer;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LiveEtcd.Provider.class)
@Timeout(60)
class EtcdReplicaIdentitiesIT {
  private static final UUID UUID_A = UUID.fromString("7d49b361-e64f-11f1-ab7d-02fc00000001");
  private static final UUID UUID_B = UUID.fromString("7d49b361-e64f-11f1-ab7d-02fc00000002");
  private static final String KEY = "/replica/binlogbroker/db_mall";

  private final EtcdServer server;
  private final EtcdConnection connection;

  EtcdReplicaIdentitiesIT(LiveEtcd etcd, EtcdServer server) {
    this.server = server;
    this.connection = etcd.connection();
  }

  @Test
  void recordsTheDefaultAtTheFirstUse() {
    ReplicaRecord first = new ReplicaRecord(1_230_001, UUID_A);

    assertThat(of("db_mall").recordedOr(first)).isEqualTo(first);

    assertThat(server.gateway().get(KEY))
        .isEqualTo("{\"server_id\":1230001,\"slave_uuid\":\"" + UUID_A + "\"}");
    assertThat(of("db_mall").recordedOr(new ReplicaRecord(7, UUID_B))).isEqualTo(first);
  }

  @Test
  void anotherGroupGetsTheNextFreeServerId() {
    of("a").recordedOr(new ReplicaRecord(100, UUID_A));
    of("b").recordedOr(new ReplicaRecord(101, UUID_A));

    assertThat(of("c").recordedOr(new ReplicaRecord(100, UUID_B)))
        .isEqualTo(new ReplicaRecord(102, UUID_B));
  }

  @Test
  void groupsThatStartTogetherGetDifferentServerIds() {
    Set<Long> ids =
        IntStream.range(0, 4)
            .parallel()
            .mapToObj(i -> of("group" + i).recordedOr(new ReplicaRecord(100, UUID_A)))
            .map(ReplicaRecord::serverId)
            .collect(Collectors.toSet());

    assertThat(ids).containsExactlyInAnyOrder(100L, 101L, 102L, 103L);
  }

  @Test
  void theHighestServerIdIsFollowedByTheLowest() {
    of("a").recordedOr(new ReplicaRecord(ReplicaRecord.HIGHEST_SERVER_ID, UUID_A));

    ReplicaRecord next =
        of("b").recordedOr(new ReplicaRecord(ReplicaRecord.HIGHEST_SERVER_ID, UUID_B));

    assertThat(next.serverId()).isEqualTo(1);
  }

  @Test
  void aConfiguredServerIdWinsAndIsRecorded() {
    of("db_mall").recordedOr(new ReplicaRecord(100, UUID_A));

    assertThat(of("db_mall").configured(55, UUID_B)).isEqualTo(new ReplicaRecord(55, UUID_A));

    assertThat(of("db_mall").recordedOr(new ReplicaRecord(100, UUID_B)))
        .isEqualTo(new ReplicaRecord(55, UUID_A));
  }

  @Test
  void anInvalidRecordIsReportedWithItsKey() {
    server.gateway().put(KEY, "{\"server_id\":0}");

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> of("db_mall").recordedOr(new ReplicaRecord(100, UUID_A)))
        .withMessageContaining(KEY)
        .satisfies(e -> assertThat(e.isRetriable()).isFalse())
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION));
  }

  private EtcdReplicaIdentities of(String group) {
    return new EtcdReplicaIdentities(connection, new EtcdKeys(group));
  }
}
