package io.binlogbroker.broker.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.admin.ProcessMetrics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamTest {
  private static final int MOST_CLIENTS = 16;

  private final FakeState state = new FakeState();
  private final HttpServer server =
      HttpServer.open("127.0.0.1:0", List.of(), List.of(state), new ProcessMetrics());
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  @Test
  void theStateOfAllGroupsIsSentAgainAndAgain() throws Exception {
    BufferedReader lines = open();

    assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(nextData(lines)).contains("\"group\":\"db_mall\",\"role\":\"slave\"");

    state.master = true;

    assertThat(nextData(lines)).contains("\"role\":\"master\"");
  }

  @Test
  void oneMoreClientThanPermittedIsRefusedUntilAnotherDisconnects() throws Exception {
    List<BufferedReader> clients = new ArrayList<>();
    for (int i = 0; i < MOST_CLIENTS; i++) {
      clients.add(open());
      assertThat(clients.get(i).readLine()).isEqualTo("HTTP/1.1 200 OK");
    }

    assertThat(open().readLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");

    sockets.get(0).close();
    String answer = "";
    while (!answer.equals("HTTP/1.1 200 OK")) {
      nextData(clients.get(1)); // a second has passed
      answer = open().readLine();
    }
  }

  @Test
  void streamsEndWithTheServer() throws Exception {
    BufferedReader lines = open();
    assertThat(nextData(lines)).isNotEmpty();

    server.close();

    String line = "";
    while (line != null) {
      line = lines.readLine();
    }
  }

  /** Requests the events on a new connection. */
  private BufferedReader open() throws IOException {
    String address = server.address();
    int colon = address.lastIndexOf(':');
    Socket socket =
        new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    socket.setSoTimeout(20_000);
    sockets.add(socket);
    socket
        .getOutputStream()
        .write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
  }

  private static String nextData(BufferedReader lines) throws IOException {
    String line = "";
    while (!line.startsWith("data: ")) {
      line = lines.readLine();
    }
    return line;
  }
}
