package io.binlogbroker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.testkit.files.TestCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(600)
class EtcdServerIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void keepsItsDataAfterStopAndKill(EtcdVersion version) {
    try (EtcdServer etcd = EtcdServer.of(version).start()) {
      etcd.gateway().put("/tea", "green");
      etcd.restart();
      etcd.gateway().put("/salt", "white");

      etcd.kill();
      assertThat(etcd.isRunning()).isFalse();
      etcd.start();

      assertThat(etcd.gateway().get("/tea")).isEqualTo("green");
      assertThat(etcd.gateway().get("/salt")).isEqualTo("white");
    }
  }

  @ParameterizedTest
  @EnumSource
  void requiresAPassword(EtcdVersion version) {
    try (EtcdServer etcd = EtcdServer.of(version).withPassword("secret").start()) {
      etcd.gateway().put("/tea", "green");

      assertThat(etcd.gateway().get("/tea")).isEqualTo("green");
      assertThatThrownBy(() -> new EtcdGateway("http://" + etcd.address(), null).get("/tea"))
          .hasMessageContaining("user name is empty");
    }
  }

  @Test
  void firstStartWithAPortInUseChoosesAnother() throws IOException {
    EtcdServer etcd = EtcdServer.v34();
    int drawn = etcd.port();
    try (Socket taken = new Socket();
        etcd) {
      // In use but refusing connections, so that nothing waits for a reply.
      taken.bind(new InetSocketAddress("127.0.0.1", drawn));
      etcd.start().gateway().put("/tea", "green");

      assertThat(etcd.port()).isNotEqualTo(drawn);
    }
  }

  @Test
  void acceptsTls() throws IOException {
    TestCertificate certificate = TestCertificate.make(folder, "etcd", "ip:127.0.0.1");

    try (EtcdServer etcd = EtcdServer.v34().withTls(certificate).start();
        Socket socket = new Socket("127.0.0.1", etcd.port())) {
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  void clusterKeepsItsDataDuringARollingRestart() {
    try (EtcdCluster cluster = EtcdCluster.of(EtcdVersion.V3_4).start()) {
      cluster.servers().get(0).gateway().put("/tea", "green");

      cluster.restartOneByOne();

      assertThat(cluster.servers().get(2).gateway().get("/tea")).isEqualTo("green");
    }
  }
}
