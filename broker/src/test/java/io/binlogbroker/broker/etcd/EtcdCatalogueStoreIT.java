package io.binlogbroker.broker.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.ha.Candidate;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.schema.catalogue.CatalogueStore;
import io.binlogbroker.engine.schema.catalogue.CatalogueStoreContract;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LiveEtcd.Provider.class)
@Timeout(300)
class EtcdCatalogueStoreIT extends CatalogueStoreContract {
  private final LiveEtcd etcd;
  private final EtcdConnection connection;

  EtcdCatalogueStoreIT(LiveEtcd etcd) {
    this.etcd = etcd;
    this.connection = etcd.connection();
  }

  @Override
  protected CatalogueStore store(String group) {
    EtcdKeys keys = new EtcdKeys(group);
    return new EtcdCatalogueStore(connection, keys, LockGuard.none(keys));
  }

  @Test
  void aFormerMasterCannotWrite() throws Exception {
    try (Candidate master = new Candidate(etcd.election())) {
      CatalogueStore ofMaster = master.won().catalogue();
      LockGuard earlier = LockGuard.heldSince(LiveEtcd.KEYS, 1);
      CatalogueStore former = new EtcdCatalogueStore(connection, LiveEtcd.KEYS, earlier);

      ofMaster.write(Map.of("head", new byte[] {'1'}));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> former.write(Map.of("head", new byte[] {'2'})))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FENCED));
      assertThat(ofMaster.read("head")).containsExactly('1');
    }
  }
}
