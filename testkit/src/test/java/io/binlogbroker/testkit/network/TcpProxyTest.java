package io.binlogbroker.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpProxyTest {
  private ServerSocket target;
  private TcpProxy proxy;

  @BeforeEach
  void open() throws IOException {
    target = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
    proxy = TcpProxy.to(target.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    target.close();
  }

  @Test
  void forwardsInBothDirections() throws IOException {
    try (Socket client = connect();
        Socket server = target.accept()) {
      send(client, "question");
      assertThat(read(server, 8)).isEqualTo("question");

      send(server, "answer");
      assertThat(read(client, 6)).isEqualTo("answer");
    }
  }

  @Test
  void cutClosesConnectionsAndRefusesNewOnes() throws IOException {
    try (Socket client = connect();
        Socket server = target.accept()) {
      proxy.cut();

      assertThat(server.getInputStream().read()).isEqualTo(-1);
      assertThat(isEnded(client)).isTrue();
      assertThatThrownBy(this::connect).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void acceptsConnectionsOnTheSamePortAfterACut() throws IOException {
    int port = proxy.port();
    proxy.cut();

    proxy.restore();

    assertThat(proxy.port()).isEqualTo(port);
    try (Socket client = connect();
        Socket server = target.accept()) {
      send(server, "again");
      assertThat(read(client, 5)).isEqualTo("again");
    }
  }

  @Test
  void stallDelaysBytesUntilItEnds() throws IOException {
    try (Socket client = connect();
        Socket server = target.accept()) {
      proxy.stall();
      send(server, "late");
      client.setSoTimeout(200);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      proxy.restore();

      client.setSoTimeout(0);
      assertThat(read(client, 4)).isEqualTo("late");
    }
  }

  @Test
  void flipsOneByteOfTheServersStream() throws IOException {
    try (Socket client = connect();
        Socket server = target.accept()) {
      proxy.tamper(Tampering.flipByteAt(2));

      send(server, "aaaa");

      byte flipped = (byte) ('a' ^ 0xFF);
      assertThat(client.getInputStream().readNBytes(4))
          .containsExactly((byte) 'a', (byte) 'a', flipped, (byte) 'a');
    }
  }

  @Test
  void cutsTheServersStream() throws IOException {
    try (Socket client = connect();
        Socket server = target.accept()) {
      proxy.tamper(Tampering.cutAfter(3));

      send(server, "torn packet");

      assertThat(read(client, 11)).isEqualTo("tor");
    }
  }

  @Test
  void unreachableTargetClosesTheConnection() throws IOException {
    target.close();

    try (Socket client = connect()) {
      assertThat(isEnded(client)).isTrue();
    }
  }

  private Socket connect() throws IOException {
    return new Socket("127.0.0.1", proxy.port());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String read(Socket socket, int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
  }

  /** A close can be received as the end of the stream or as a reset. */
  private static boolean isEnded(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketException e) {
      return true;
    }
  }
}
