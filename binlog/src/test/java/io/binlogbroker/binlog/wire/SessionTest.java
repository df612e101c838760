package io.binlogbroker.binlog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.binlog.wire.connection.ConnectFailedException;
import io.binlogbroker.binlog.wire.connection.ConnectFailedException.Reason;
import io.binlogbroker.binlog.wire.connection.ConnectionLostException;
import io.binlogbroker.binlog.wire.connection.PacketChannel;
import io.binlogbroker.binlog.wire.connection.PayloadWriter;
import io.binlogbroker.binlog.wire.connection.ProtocolViolationException;
import io.binlogbroker.binlog.wire.connection.ServerAddress;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.binlog.wire.connection.TlsMode;
import io.binlogbroker.binlog.wire.connection.TlsOptions;
import io.binlogbroker.binlog.wire.connection.TlsUpgrade;
import io.binlogbroker.binlog.wire.login.Credentials;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.testkit.process.ReservedPort;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SessionTest {
  @Test
  void queryReturnsItsRowsAsText() throws Exception {
    String large = "x".repeat(70_000);
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  client.acceptLogin();
                  assertThat(client.expectQuery()).isEqualTo("SELECT 1");
                  client.rows(
                      List.of("File", "note"),
                      List.of(Arrays.asList("a", null), List.of("", large)));
                  assertThat(client.expectCommand()).containsExactly(1);
                });
        Session session = Session.open(server.options())) {
      QueryResult result = session.query("SELECT 1");

      assertThat(result.columns()).containsExactly("File", "note");
      assertThat(result.rows()).hasSize(2);
      assertThat(result.rows().get(0).text("FILE")).isEqualTo("a");
      assertThat(result.rows().get(0).text("note")).isNull();
      assertThat(result.rows().get(1).bytes(0)).isEmpty();
      assertThat(result.rows().get(1).text(1)).isEqualTo(large);
    }
  }

  @Test
  void rowMayOmitItsLastValueAsInTheListOfReplicas() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  client.acceptLogin();
                  client.expectQuery();
                  client.rows(
                      List.of("Server_id", "Host", "Slave_UUID"), List.of(List.of("7", "here")));
                });
        Session session = Session.open(server.options())) {
      Row row = session.query("SHOW SLAVE HOSTS").rows().get(0);

      assertThat(row.text(1)).isEqualTo("here");
      assertThat(row.text(2)).isNull();
    }
  }

  @Test
  void rowThatOmitsMoreIsAViolation() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  client.acceptLogin();
                  client.expectQuery();
                  client.rows(List.of("a", "b", "c"), List.of(List.of("7")));
                });
        Session session = Session.open(server.options())) {
      assertThatThrownBy(() -> session.query("SELECT 1"))
          .hasMessageContaining("Expected 1 bytes but 0 are left");
    }
  }

  @Test
  void statementReturnsItsEffect() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  client.acceptLogin();
                  client.expectQuery();
                  client.send(new byte[] {0, 3, (byte) 0xFC, 1, 1, 2, 0, 5, 0});
                  client.expectCommand();
                });
        Session session = Session.open(server.options())) {
      assertThat(session.execute("DELETE FROM goods")).isEqualTo(new OkResult(3, 257, 5));
    }
  }

  @Test
  void sessionRemainsUsableAfterAServerError() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  client.acceptLogin();
                  client.expectQuery();
                  client.error(1064, "42000", "You have an error");
                  client.expectCommand();
                  client.ok();
                  client.expectCommand();
                });
        Session session = Session.open(server.options())) {
      assertThatThrownBy(() -> session.query("SELEC"))
          .isInstanceOfSatisfying(
              ServerErrorException.class,
              e -> {
                assertThat(e.code()).isEqualTo(1064);
                assertThat(e.sqlState()).isEqualTo("42000");
                assertThat(e.serverMessage()).isEqualTo("You have an error");
              })
          .hasMessage(
              "Server error 1064 (42000): You have an error; while reading the reply to \"SELEC\""
                  + " from "
                  + server.address());
      session.ping();
    }
  }

  @Test
  void serverCanSendAnErrorInsteadOfAGreeting() throws Exception {
    byte[] withoutState = errorPacket(1040, "Too many connections");
    byte[] withState = errorPacket(1129, "#HY000Host is blocked");
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(
            client -> client.send(withoutState), client -> client.send(withState))) {
      assertThatThrownBy(() -> Session.open(server.options()))
          .isInstanceOf(ServerErrorException.class)
          .hasMessageStartingWith("Server error 1040 (HY000): Too many connections;");
      assertThatThrownBy(() -> Session.open(server.options()))
          .isInstanceOf(ServerErrorException.class)
          .hasMessageStartingWith("Server error 1129 (HY000): Host is blocked;");
    }
  }

  @Test
  void unknownGreetingSuggestsThatItIsNotMysql() throws Exception {
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(client -> client.send(new byte[] {'S', 'S', 'H'}))) {
      assertThatThrownBy(() -> Session.open(server.options()))
          .isInstanceOf(ProtocolViolationException.class)
          .hasMessageContaining("is this the port of a MySQL server?")
          .hasMessageContaining(server.address().toString());
    }
  }

  @Test
  void truncatedGreetingIsAViolation() throws Exception {
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(client -> client.send(new byte[] {10, '8', 0, 1}))) {
      assertThatThrownBy(() -> Session.open(server.options()))
          .isInstanceOf(ProtocolViolationException.class)
          .hasMessageStartingWith("Expected 4 bytes but 1 are left, while reading the greeting");
    }
  }

  @Test
  void localFileRequestIsAViolation() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  client.acceptLogin();
                  client.expectQuery();
                  client.send("\u00FB/etc/passwd".getBytes(StandardCharsets.ISO_8859_1));
                  client.expectClose();
                });
        Session session = Session.open(server.options())) {
      assertThatThrownBy(() -> session.query("SELECT 1"))
          .isInstanceOf(ProtocolViolationException.class)
          .hasMessageStartingWith("Expected a result but the server requests a local file");
    }
  }

  @Test
  void rowThatDoesNotMatchItsColumnsIsAViolation() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  client.acceptLogin();
                  client.expectQuery();
                  client.rows(List.of("a"), List.of(List.of("1", "2")));
                  client.expectClose();
                });
        Session session = Session.open(server.options())) {
      assertThatThrownBy(() -> session.query("SELECT 1"))
          .isInstanceOf(ProtocolViolationException.class)
          .hasMessageStartingWith("Expected 1 values in a row but 2 bytes follow");
    }
  }

  @Test
  void errorOfAServerThatClosedAnIdleSessionIsReported() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  client.acceptLogin();
                  client.error(4031, "HY000", "disconnected because of inactivity");
                  closed.countDown();
                  client.expectCommand();
                });
        Session session = Session.open(server.options())) {
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();

      assertThatThrownBy(() -> session.query("SELECT 1"))
          .isInstanceOf(ServerErrorException.class)
          .hasMessageStartingWith("Server error 4031");
    }
  }

  @Test
  void closingASessionThatTheServerClosedIsNoFailure() throws Exception {
    Session session;
    try (FakeMysqlServer server = FakeMysqlServer.playing(client -> client.acceptLogin())) {
      session = Session.open(server.options());
    }

    session.close();
    session.close();
    assertThatThrownBy(session::ping).isInstanceOf(ConnectionLostException.class);
  }

  @Test
  void anotherThreadCanAbortAWaitingSession() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  client.acceptLogin();
                  client.expectQuery();
                  asked.countDown();
                  client.expectClose();
                });
        Session session = Session.open(server.options())) {
      Thread cutter =
          new Thread(
              () -> {
                try {
                  asked.await();
                  session.abort();
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      cutter.start();

      assertThatThrownBy(() -> session.query("SELECT SLEEP(100)"))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("Socket closed");
      cutter.join();
    }
  }

  /** For example after a stream's first packet, before its heartbeats are monitored. */
  @Test
  void everyCallOnAnAbortedSessionIsALostConnection() throws Exception {
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(
            client -> {
              client.acceptLogin();
              client.expectClose();
            })) {
      Session session = Session.open(server.options());
      session.abort();

      assertThatThrownBy(() -> session.setReadTimeout(Duration.ofSeconds(1), ""))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("Socket is closed")
          .hasMessageContaining(server.address().toString());
      assertThatThrownBy(session::ping).isInstanceOf(ConnectionLostException.class);
    }
  }

  @Test
  void connectionClosedBeforeItsFirstPacketIsLost() throws Exception {
    ServerAddress address = new ServerAddress("127.0.0.1", 3306);
    Socket closed = new Socket();
    closed.close();

    assertThatThrownBy(() -> new PacketChannel(closed, address, 1 << 20))
        .isInstanceOf(ConnectionLostException.class);
  }

  @Test
  void connectionClosedBeforeTlsIsLost() throws Exception {
    try (FakeMysqlServer server = FakeMysqlServer.playing(client -> client.expectClose());
        Socket socket = new Socket("127.0.0.1", server.port())) {
      PacketChannel channel = new PacketChannel(socket, server.address(), 1 << 20);
      channel.abort();

      TlsUpgrade tls = new TlsUpgrade(new TlsOptions(TlsMode.REQUIRED), server.address());
      assertThatThrownBy(() -> channel.secure(tls)).isInstanceOf(ConnectionLostException.class);
    }
  }

  @Test
  void unresponsiveServerIsALostConnection() throws Exception {
    try (FakeMysqlServer server = FakeMysqlServer.playing(client -> client.expectClose())) {
      Duration limit = Duration.ofMillis(50);
      ServerAddress address = new ServerAddress("127.0.0.1", server.port(), limit, limit);
      SessionOptions options =
          new SessionOptions(
              address, new Credentials("rep_user", ""), new TlsOptions(TlsMode.DISABLED));

      assertThatThrownBy(() -> Session.open(options))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessage("No bytes for 50 ms, while reading the greeting from " + address);
    }
  }

  @Test
  void loginHasOneDeadlineForAllReads() throws Exception {
    try (FakeMysqlServer server = FakeMysqlServer.playing(client -> client.expectClose())) {
      assertThatThrownBy(() -> Session.open(server.options(), Duration.ofMillis(100)))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageStartingWith(
              "The login at " + server.address() + " did not end within 100 ms");
    }
  }

  @Test
  void longPacketBeforeTheLoginIsRejectedByItsHeader() throws Exception {
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(
            client -> {
              client.sendRaw(FakeMysqlServer.header(0xFFFFFF, 0));
              client.expectClose();
            },
            client -> {
              client.greet("8.0.33", "mysql_native_password");
              client.receive();
              client.sendRaw(FakeMysqlServer.header(100_000, 2));
              client.expectClose();
            })) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> Session.open(server.options()))
            .isInstanceOf(ProtocolViolationException.class)
            .hasMessageContaining("exceeds the limit of 65536 (until the login has ended)");
      }
    }
  }

  @Test
  void resultLongerThanTheLimitIsAViolation() throws Exception {
    List<List<String>> many = Collections.nCopies(3_000, List.of("x".repeat(100)));
    try (FakeMysqlServer server =
        FakeMysqlServer.playing(
            client -> {
              client.acceptLogin();
              client.expectQuery();
              try {
                client.rows(List.of("a"), many);
                client.expectClose();
              } catch (SocketException e) {
                // The client has closed before the last row.
              }
            })) {
      SessionOptions options =
          new SessionOptions(
              server.address(),
              new Credentials("rep_user", ""),
              new TlsOptions(TlsMode.DISABLED),
              100_000,
              "test");
      try (Session session = Session.open(options)) {
        assertThatThrownBy(() -> session.query("SELECT a FROM t"))
            .isInstanceOf(ProtocolViolationException.class)
            .hasMessageStartingWith("The result needs more memory than 100000 bytes (MaxEventSize");
      }
    }
  }

  @Test
  void tooManyColumnsAreAViolation() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  client.acceptLogin();
                  client.expectQuery();
                  client.send(new PayloadWriter().lenenc(1L << 40).toByteArray());
                  client.expectClose();
                });
        Session session = Session.open(server.options())) {
      assertThatThrownBy(() -> session.query("SELECT a FROM t"))
          .isInstanceOf(ProtocolViolationException.class)
          .hasMessageStartingWith("Expected 1 to 4096 columns but the reply has 1099511627776");
    }
  }

  @Test
  void closedPortRefusesTheConnection() throws Exception {
    try (ReservedPort port = ReservedPort.next()) {
      assertThatThrownBy(() -> Session.open(optionsFor("127.0.0.1", port.number())))
          .isInstanceOfSatisfying(
              ConnectFailedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
          .hasMessage(
              "Connection to 127.0.0.1:%d refused; check that the server runs and listens there"
                  .formatted(port.number()));
    }
  }

  @Test
  void errorNamesAnUnknownHost() {
    assertThatThrownBy(() -> Session.open(optionsFor("nowhere.invalid", 3306)))
        .isInstanceOfSatisfying(
            ConnectFailedException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_HOST))
        .hasMessageStartingWith("Unknown host nowhere.invalid");
  }

  @Test
  void productIsDerivedFromTheVersion() throws Exception {
    try (FakeMysqlServer server =
            FakeMysqlServer.playing(
                client -> {
                  client.acceptLogin("5.5.5-10.11.19-MariaDB-log");
                  client.expectCommand();
                });
        Session session = Session.open(server.options())) {
      assertThat(session.isMariaDb()).isTrue();
      assertThat(session.serverVersion().text()).isEqualTo("10.11.19-MariaDB-log");
      assertThat(session.connectionId()).isEqualTo(7);
      assertThat(session.tls()).isEmpty();
    }
  }

  private static SessionOptions optionsFor(String host, int port) {
    return new SessionOptions(
        new ServerAddress(host, port),
        new Credentials("rep_user", "rep_user"),
        new TlsOptions(TlsMode.DISABLED));
  }

  private static byte[] errorPacket(int code, String text) {
    return new PayloadWriter().u8(0xFF).u16(code).text(text).toByteArray();
  }
}
