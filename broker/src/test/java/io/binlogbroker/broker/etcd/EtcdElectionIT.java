package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.ha.Election;
import io.binlogbroker.broker.ha.ElectionContract;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LiveEtcd.Provider.class)
@Timeout(300)
class EtcdElectionIT extends ElectionContract {
  private final LiveEtcd etcd;

  EtcdElectionIT(LiveEtcd etcd) {
    this.etcd = etcd;
  }

  @Override
  protected Election election() {
    return etcd.election();
  }
}
