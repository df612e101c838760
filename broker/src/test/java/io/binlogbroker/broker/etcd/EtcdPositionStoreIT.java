package io.binlogbroker.broker.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.ha.Candidate;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.broker.ha.PositionStoreContract;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Positions;
import io.binlogbroker.testkit.EtcdServer;
import io.binlogbroker.testkit.network.Tampering;
import io.binlogbroker.testkit.network.TcpProxy;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LiveEtcd.Provider.class)
@Timeout(300)
class EtcdPositionStoreIT extends PositionStoreContract {
  private static final String KEY = LiveEtcd.KEYS.position();

  private final LiveEtcd etcd;
  private final EtcdServer server;
  private final EtcdConnection connection;

  EtcdPositionStoreIT(LiveEtcd etcd, EtcdServer server) {
    this.etcd = etcd;
    this.server = server;
    this.connection = etcd.connection();
  }

  @Override
  protected PositionStore store(String group) {
    return EtcdPositionStore.unguarded(connection, new EtcdKeys(group), Clock.systemUTC());
  }

  @Test
  void isReadableJson() {
    store("db_mall").save(Positions.at(100));

    assertThat(server.gateway().get(KEY)).contains("\"file\":\"binlog.000002\",\"pos\":100");
  }

  @Test
  void acceptsAValueWrittenByHand() {
    store("db_mall").save(Positions.at(100));
    String written = server.gateway().get(KEY);

    server.gateway().put(KEY, written.replace("\"pos\":100", "\"pos\" : 40"));

    assertThat(store("db_mall").load().offset()).isEqualTo(40);
  }

  @Test
  void anUnreadableValueIsNotAMissingPosition() {
    server.gateway().put(KEY, "binlog.000002:4");

    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> store("db_mall").load())
        .withMessageContaining("etcd " + KEY)
        .satisfies(e -> assertThat(e.isRetriable()).isFalse());
  }

  @Test
  void aCommandCannotWriteWhileThereIsAMaster() throws Exception {
    PositionStore command =
        EtcdPositionStore.withoutMaster(connection, LiveEtcd.KEYS, Clock.systemUTC());
    try (Candidate master = new Candidate(etcd.election())) {
      master.won().positions().save(Positions.at(100));
      command.load();

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> command.save(Positions.at(50)))
          .withMessageContaining("process " + ProcessHandle.current().pid())
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FENCED))
          .satisfies(e -> assertThat(e.isRetriable()).isFalse());
      assertThatExceptionOfType(DeliveryException.class).isThrownBy(command::delete);
    }

    assertThat(command.save(Positions.at(50))).isTrue();
    command.delete();
    assertThat(command.load()).isNull();
  }

  @Test
  void aSaveWithALostAnswerIsRecognizedAsOurs() throws Exception {
    try (TcpProxy proxy = TcpProxy.to(server.port());
        LiveEtcd proxied = new LiveEtcd(List.of("127.0.0.1:" + proxy.port()))) {
      PositionStore store =
          EtcdPositionStore.unguarded(proxied.connection(), LiveEtcd.KEYS, Clock.systemUTC());
      store.save(Positions.at(100));

      proxy.tamper((bytes, length) -> isStored(200) ? 0 : Tampering.PASS);
      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> store.save(Positions.at(200)))
          .satisfies(e -> assertThat(e.isRetriable()).isTrue());
      proxy.tamper(Tampering.none());
      assertThat(isStored(200)).isTrue();

      assertThat(LiveEtcd.saveOnceReached(store, Positions.at(300))).isTrue();
    }
  }

  private boolean isStored(long offset) {
    return server.gateway().get(KEY).contains("\"pos\":" + offset);
  }
}
