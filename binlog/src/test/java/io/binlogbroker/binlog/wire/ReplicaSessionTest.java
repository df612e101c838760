package io.binlogbroker.binlog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.wire.connection.ConnectionLostException;
import io.binlogbroker.binlog.wire.connection.Digests;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReplicaSessionTest {
  private static final UUID ID = UUID.fromString("11111111-2222-3333-4444-555555555555");
  private static final ReplicaIdentity IDENTITY = new ReplicaIdentity(4242, ID, "broker-a");
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  @Test
  void setupSetsAllVariablesForADump() throws Exception {
    List<String> statements = new ArrayList<>();
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  client.acceptLogin();
                  while (statements.size() < 6) {
                    String sql = client.expectQuery();
                    statements.add(sql);
                    answer(client, sql, "CRC32");
                  }
                  client.expectCommand();
                });
        Session session = Session.open(server.options())) {
      ReplicaSession replica = ReplicaSession.prepare(session, IDENTITY, HEARTBEAT);

      assertThat(replica.checksummed()).isTrue();
      assertThat(statements)
          .containsExactly(
              "SET NAMES utf8mb4",
              "SET SESSION net_write_timeout=600, net_read_timeout=600",
              "SET @master_binlog_checksum=@@global.binlog_checksum,"
                  + " @source_binlog_checksum=@@global.binlog_checksum",
              "SELECT @master_binlog_checksum",
              "SET @master_heartbeat_period=10000000000, @source_heartbeat_period=10000000000",
              "SET @slave_uuid='" + ID + "', @replica_uuid='" + ID + "'");
    }
  }

  @Test
  void eventsAreReturnedWithoutTheirStatusByte() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  prepare(client, "8.0.33", "NONE");
                  assertThat(client.expectCommand())
                      .isEqualTo(hex("12 9a020000 0000 92100000 62696e2e303037"));
                  client.event(new byte[] {1, 2, 3});
                  client.event(new byte[] {4});
                  client.error(1236, "HY000", "Could not find first log file name");
                });
        Session session = Session.open(server.options())) {
      ReplicaSession replica = ReplicaSession.prepare(session, IDENTITY, HEARTBEAT);
      DumpStream stream = replica.dump("bin.007", 666);
      ByteReader event = new ByteReader();

      assertThat(replica.checksummed()).isFalse();
      assertThat(stream.next(event)).isTrue();
      assertThat(event.bytes(event.remaining())).containsExactly(1, 2, 3);
      assertThat(stream.next(event)).isTrue();
      assertThat(event.bytes(event.remaining())).containsExactly(4);
      assertThatThrownBy(() -> stream.next(event))
          .isInstanceOf(ServerErrorException.class)
          .hasMessage(
              "Server error 1236 (HY000): Could not find first log file name; while reading the"
                  + " binlog stream from "
                  + server.address());
    }
  }

  @Test
  void streamWithAnEndEnds() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  prepare(client, "11.4.5-MariaDB", "CRC32");
                  assertThat(client.expectCommand())
                      .isEqualTo(hex("12 04000000 0300 92100000 62696e2e303037"));
                  client.eof();
                });
        Session session = Session.open(server.options())) {
      DumpStream stream =
          ReplicaSession.prepare(session, IDENTITY, HEARTBEAT).dumpToEnd("bin.007", 4);

      assertThat(stream.next(new ByteReader())).isFalse();
    }
  }

  @Test
  void endOfAnEndlessStreamIsALostConnection() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  prepare(client, "8.0.33", "CRC32");
                  assertThat(client.expectCommand())
                      .isEqualTo(
                          hex(
                              "1e 0000 92100000 00000000 0400000000000000 08000000"
                                  + " 0000000000000000"));
                  client.eof();
                });
        Session session = Session.open(server.options())) {
      DumpStream stream =
          ReplicaSession.prepare(session, IDENTITY, HEARTBEAT).dumpGtid(new byte[8]);

      assertThatThrownBy(() -> stream.next(new ByteReader()))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageStartingWith("The server ended the stream");
    }
  }

  @Test
  void streamIsNotAvailableWithoutBytes() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  prepare(client, "8.0.33", "CRC32");
                  client.expectCommand();
                  client.sendRaw(twoEventsAtOnce());
                  client.expectClose();
                });
        Session session = Session.open(server.options())) {
      DumpStream stream = ReplicaSession.prepare(session, IDENTITY, HEARTBEAT).dump("bin.007", 4);
      ByteReader event = new ByteReader();

      stream.next(event);
      assertThat(stream.ready()).isTrue();
      stream.next(event);
      assertThat(stream.ready()).isFalse();
    }
  }

  /** A caller that calls next() only when the stream is ready detects a lost connection, too. */
  @Test
  void aSilentStreamIsReadyWhenAHeartbeatIsDue() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  prepare(client, "8.0.33", "CRC32");
                  client.expectCommand();
                  client.event(new byte[] {1});
                });
        Session session = Session.open(server.options())) {
      DumpStream stream =
          ReplicaSession.prepare(session, IDENTITY, Duration.ofMillis(200)).dump("bin.007", 4);
      stream.next(new ByteReader());

      assertThat(stream.ready()).isFalse();
      while (!stream.ready()) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> stream.next(new ByteReader()))
          .isInstanceOf(ConnectionLostException.class);
    }
  }

  @Test
  void missedHeartbeatsAreALostConnection() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  prepare(client, "8.0.33", "CRC32");
                  client.expectCommand();
                  client.event(new byte[] {1});
                  client.expectClose();
                });
        Session session = Session.open(server.options())) {
      DumpStream stream =
          ReplicaSession.prepare(session, IDENTITY, Duration.ofMillis(20)).dump("bin.007", 4);
      stream.next(new ByteReader());

      assertThatThrownBy(() -> stream.next(new ByteReader()))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessage(
              "No bytes for 60 ms (the heartbeat period is 20 ms), while reading the binlog stream"
                  + " from "
                  + server.address());
    }
  }

  @Test
  void mariadbReceivesItsGtidsBeforeTheDump() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  prepare(client, "11.4.5-MariaDB", "CRC32");
                  assertThat(client.expectQuery())
                      .startsWith("SET @slave_connect_state='0-1-100,1-2-5', @slave_gtid_strict");
                  client.ok();
                  assertThat(client.expectCommand()).isEqualTo(hex("12 04000000 0200 92100000"));
                  client.event(new byte[] {1});
                });
        Session session = Session.open(server.options())) {
      ReplicaSession replica = ReplicaSession.prepare(session, IDENTITY, HEARTBEAT);
      DumpStream stream = replica.dumpMariaDbGtid("0-1-100,1-2-5");

      assertThat(stream.next(new ByteReader())).isTrue();
    }
  }

  @Test
  void registrationSendsTheIdAndTheHost() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  prepare(client, "8.0.33", "CRC32");
                  assertThat(client.expectCommand())
                      .isEqualTo(
                          hex("15 92100000 08 62726f6b65722d61 00 00 0000 00000000 00000000"));
                  client.ok();
                  client.expectCommand();
                });
        Session session = Session.open(server.options())) {
      ReplicaSession.prepare(session, IDENTITY, HEARTBEAT).register();
    }
  }

  @Test
  void positionBeyond32BitsIsRejected() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  prepare(client, "8.0.33", "CRC32");
                  client.expectCommand();
                });
        Session session = Session.open(server.options())) {
      ReplicaSession replica = ReplicaSession.prepare(session, IDENTITY, HEARTBEAT);

      assertThatThrownBy(() -> replica.dump("bin.007", 1L << 32))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("bin.007:4294967296");
    }
  }

  private static void prepare(FakeMysqlServer.Client client, String version, String checksum)
      throws Exception {
    client.acceptLogin(version);
    answer(client, client.okUntilQuery("SELECT @master_binlog_checksum"), checksum);
    String last = version.contains("MariaDB") ? "SET @mariadb_slave_cap" : "SET @slave_uuid";
    client.okUntilQuery(last);
    client.ok();
  }

  private static void answer(FakeMysqlServer.Client client, String sql, String checksum)
      throws Exception {
    if (sql.startsWith("SELECT")) {
      client.rows(List.of("@master_binlog_checksum"), List.of(List.of(checksum)));
      return;
    }
    client.ok();
  }

  private static byte[] twoEventsAtOnce() {
    byte[] first = FakeMysqlServer.packet(new byte[] {0, 1}, 1);
    byte[] second = FakeMysqlServer.packet(new byte[] {0, 2}, 2);
    return Digests.concat(first, second);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
