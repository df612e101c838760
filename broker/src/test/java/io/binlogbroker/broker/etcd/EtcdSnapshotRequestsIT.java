package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.ha.SnapshotRequests;
import io.binlogbroker.broker.ha.SnapshotRequestsContract;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LiveEtcd.Provider.class)
@Timeout(300)
class EtcdSnapshotRequestsIT extends SnapshotRequestsContract {
  private final EtcdConnection connection;

  EtcdSnapshotRequestsIT(LiveEtcd etcd) {
    this.connection = etcd.connection();
  }

  @Override
  protected SnapshotRequests store(String group) {
    return new EtcdSnapshotRequests(connection, new EtcdKeys(group));
  }

  @Override
  protected void damage(String group, String id) {
    ByteSequence key = EtcdClients.bytes(new EtcdKeys(group).snapshotRequests() + id);
    ByteSequence value = ByteSequence.from("[]", StandardCharsets.UTF_8);
    connection.transact(List.of(), List.of(Op.put(key, value, PutOption.DEFAULT)), List.of());
  }
}
