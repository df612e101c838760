package io.binlogbroker.broker.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.broker.ha.AppliedConfigStore;
import io.binlogbroker.broker.ha.AppliedConfigStoreContract;
import io.binlogbroker.broker.ha.Candidate;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.testkit.EtcdServer;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(LiveEtcd.Provider.class)
class EtcdAppliedConfigStoreIT extends AppliedConfigStoreContract {
  private final LiveEtcd etcd;
  private final EtcdServer server;
  private final EtcdConnection connection;

  EtcdAppliedConfigStoreIT(LiveEtcd etcd, EtcdServer server) {
    this.etcd = etcd;
    this.server = server;
    this.connection = etcd.connection();
  }

  @Override
  protected AppliedConfigStore store(String group) {
    EtcdKeys keys = new EtcdKeys(group);
    return new EtcdAppliedConfigStore(connection, keys, LockGuard.none(keys), Clock.systemUTC());
  }

  @Override
  protected void damage(String text) {
    server.gateway().put(LiveEtcd.KEYS.appliedConfig(), text);
  }

  @Test
  void aFormerMasterCannotWrite() throws Exception {
    AppliedConfig ofMaster = new AppliedConfig(1, "{}", "d1", List.of());
    try (Candidate master = new Candidate(etcd.election())) {
      LockGuard earlier = LockGuard.heldSince(LiveEtcd.KEYS, 1);
      AppliedConfigStore former =
          new EtcdAppliedConfigStore(connection, LiveEtcd.KEYS, earlier, Clock.systemUTC());
      AppliedConfigStore own = master.won().appliedConfig();

      own.save(ofMaster);

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> former.save(new AppliedConfig(2, "{}", "d2", List.of())))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FENCED));
      assertThat(own.load()).isEqualTo(ofMaster);
    }
  }
}
