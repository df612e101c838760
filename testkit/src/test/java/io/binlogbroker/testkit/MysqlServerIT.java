package io.binlogbroker.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.testkit.files.CacheFolder;
import io.binlogbroker.testkit.process.ServerException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(600)
class MysqlServerIT {
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void keepsItsDataAfterAKill(MysqlVersion version) {
    try (MysqlServer server = new MysqlServer(version, CacheFolder.ofUser()).start()) {
      long firstPid = server.pid();
      server.execute(
          "CREATE DATABASE mall_db",
          "CREATE TABLE mall_db.goods (id INT PRIMARY KEY, name VARCHAR(20))",
          "INSERT INTO mall_db.goods VALUES (1, 'tea')");

      server.kill();
      server.start();

      assertThat(server.pid()).isNotEqualTo(firstPid);
      assertThat(server.value("SELECT VERSION()")).startsWith(version.number());
      assertThat(server.value("SELECT name FROM mall_db.goods")).isEqualTo("tea");
      if (version.hasRowMetadata()) {
        assertThat(server.value("SELECT @@global.binlog_row_metadata")).isEqualTo("FULL");
      }
      assertThat(server.query("SHOW BINARY LOGS")).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MYSQL_9")
  void replicationUserCanReadTheBinlog(MysqlVersion version) throws SQLException {
    try (MysqlServer server = new MysqlServer(version, CacheFolder.ofUser()).start()) {
      server.createReplicationUser("rep_user", "rep_pass");

      try (Connection connection = server.connect("rep_user", "rep_pass")) {
        assertThat(connection.createStatement().executeQuery("SHOW BINARY LOGS").next()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_5_7_22", "MYSQL_8_0_33", "MARIADB_11_4"})
  void firstStartWithAPortInUseChoosesAnother(MysqlVersion version) throws IOException {
    MysqlServer server = new MysqlServer(version, CacheFolder.ofUser());
    int drawn = server.port();
    try (Socket taken = new Socket();
        server) {
      // In use but refusing connections, so that nothing waits for a reply.
      taken.bind(new InetSocketAddress("127.0.0.1", drawn));
      server.start();

      assertThat(server.value("SELECT @@port"))
          .isEqualTo("" + server.port())
          .isNotEqualTo("" + drawn);
    }
  }

  @Test
  void serversOfOneVersionHaveDifferentUuids() {
    try (MysqlServer one = MysqlServer.mysql8033().start();
        MysqlServer other = MysqlServer.mysql8033().start()) {
      assertThat(one.value("SELECT @@server_uuid"))
          .isNotEqualTo(other.value("SELECT @@server_uuid"));
    }
  }

  @Test
  void acceptsOptionsBetweenStopAndStart() {
    try (MysqlServer server =
        MysqlServer.mysql8033()
            .with("gtid-mode", "ON")
            .with("enforce_gtid_consistency", "ON")
            .start()) {
      assertThat(server.value("SELECT @@gtid_mode")).isEqualTo("ON");

      server.stop();
      server.with("binlog_transaction_compression", "ON").start();

      assertThat(server.value("SELECT @@binlog_transaction_compression")).isEqualTo("1");
      assertThat(server.caCertificate()).exists();
    }
  }

  @Test
  void invalidOptionFailsWithTheServersMessage() {
    MysqlServer server = MysqlServer.mysql8033().with("no_such_option", "1");

    assertThatThrownBy(server::start)
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("unknown variable 'no_such_option=1'");
  }

  @Test
  void closeRemovesTheData() {
    Path data;
    try (MysqlServer server = MysqlServer.mariadb114().start()) {
      data = server.dataFolder();
      assertThat(data).isDirectory();
    }
    assertThat(Files.exists(data)).isFalse();
  }
}
