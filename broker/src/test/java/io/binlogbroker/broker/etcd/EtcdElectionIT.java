package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.relay.Election;
import io.binlogbroker.broker.relay.ElectionContract;
import io.binlogbroker.testkit.EtcdServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class EtcdElectionIT extends ElectionContract {
  private static EtcdServer server;

  private final LiveEtcd etcd = LiveEtcd.of(server);

  @BeforeAll
  static void startServer() {
    server = EtcdServer.v34().start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Override
  protected Election election() {
    return etcd.election();
  }

  @AfterEach
  void cleanUp() {
    etcd.close();
    server.gateway().deleteAll();
  }
}
