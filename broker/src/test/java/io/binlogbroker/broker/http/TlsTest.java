package io.binlogbroker.broker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.config.AdminConfig;
import io.binlogbroker.broker.config.RpcTls;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.testkit.files.TestCertificate;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsTest {
  private static final String TOKEN = "correct-horse-battery-staple";
  @TempDir static Path certificates;
  private static TestCertificate first;
  private static TestCertificate second;

  @TempDir Path folder;
  private final FakeState state = new FakeState();

  @BeforeAll
  static void make() {
    first = TestCertificate.make(certificates, "first", "ip:127.0.0.1");
    second = TestCertificate.make(certificates, "second", "ip:127.0.0.1");
  }

  @Test
  void readsAndActionsAreEncrypted() throws Exception {
    try (HttpServer server = open(first)) {
      HttpClient client = HttpClient.newBuilder().sslContext(first.trusting()).build();

      assertThat(get(client, server).body()).contains("\"slave\"");
      HttpRequest pause =
          HttpRequest.newBuilder(
                  URI.create(
                      "https://" + server.address() + "/api/v1/groups/db_mall/actions/pause"))
              .header("Authorization", "Bearer " + TOKEN)
              .header("Content-Type", "application/json")
              .header("Origin", "https://" + server.address())
              .POST(BodyPublishers.ofString("{}"))
              .build();
      assertThat(client.send(pause, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
      assertThat(state.control.calls).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void currentVersionsOfTlsAreAccepted(String version) throws Exception {
    try (HttpServer server = open(first)) {
      assertThat(handshake(server, version)).isEqualTo(version);
    }
  }

  @Test
  void aClientWithoutTlsGetsNothing() throws Exception {
    try (HttpServer server = open(first);
        Socket socket = connected(server)) {
      socket
          .getOutputStream()
          .write(
              "GET /admin/myrole HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));

      byte[] answer = endOf(socket);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).doesNotContain("role");
    }
  }

  private static byte[] endOf(Socket socket) throws IOException {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      return new byte[0]; // a reset counts as closed
    }
  }

  @Test
  void aHandshakeThatDoesNotProceedIsClosed() throws Exception {
    AdminConfig admin = admin(first);
    try (HttpServer server =
            HttpServer.open(admin, List.of(state), new ProcessMetrics(), Duration.ofMillis(200));
        Socket socket = connected(server)) {
      socket.getOutputStream().write(22);

      assertThat(endOf(socket)).isEmpty();
    }
  }

  @Test
  void changedFilesAreReadAgainAndFaultyOnesAreNot() throws Exception {
    Path certificate = Files.copy(first.certificate(), folder.resolve("cert.pem"));
    Path key = Files.copy(first.privateKey(), folder.resolve("key.pem"));
    RpcTls files = new RpcTls(certificate.toString(), key.toString());
    AdminConfig admin = new AdminConfig("127.0.0.1:0", List.of(), TOKEN, files);
    HttpClient secondClient = HttpClient.newBuilder().sslContext(second.trusting()).build();
    try (HttpServer server = HttpServer.open(admin, List.of(state), new ProcessMetrics())) {
      assertThatExceptionOfType(SSLException.class).isThrownBy(() -> get(secondClient, server));

      Files.writeString(key, "damaged");
      server.reloadCertificate();
      HttpClient firstClient = HttpClient.newBuilder().sslContext(first.trusting()).build();
      assertThat(get(firstClient, server).statusCode()).isEqualTo(200);

      Files.copy(second.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(second.privateKey(), key, StandardCopyOption.REPLACE_EXISTING);
      server.reloadCertificate();
      HttpClient fresh = HttpClient.newBuilder().sslContext(second.trusting()).build();
      assertThat(get(fresh, server).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void unusableFilesEndTheStart() throws Exception {
    Path nothing = Files.createFile(folder.resolve("nothing.pem"));

    assertUnusable(folder.resolve("missing.pem"), first.privateKey(), "missing.pem");
    assertUnusable(nothing, first.privateKey(), "nothing.pem");
    assertUnusable(first.certificate(), nothing, "nothing.pem");
    assertUnusable(first.certificate(), second.privateKey(), "to be the private key of");
  }

  private void assertUnusable(Path certificate, Path key, String reason) {
    AdminConfig admin =
        new AdminConfig(
            "127.0.0.1:0", List.of(), null, new RpcTls(certificate.toString(), key.toString()));
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> HttpServer.open(admin, List.of(state), new ProcessMetrics()))
        .withMessageContaining("RPCTls")
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION));
  }

  private HttpServer open(TestCertificate certificate) {
    return HttpServer.open(admin(certificate), List.of(state), new ProcessMetrics());
  }

  private static AdminConfig admin(TestCertificate pem) {
    RpcTls files = new RpcTls(pem.certificate().toString(), pem.privateKey().toString());
    return new AdminConfig("127.0.0.1:0", List.of(), TOKEN, files);
  }

  private static HttpResponse<String> get(HttpClient client, HttpServer server)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://" + server.address() + "/admin/myrole")).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String handshake(HttpServer server, String version) throws IOException {
    try (SSLSocket socket =
        (SSLSocket) first.trusting().getSocketFactory().createSocket("127.0.0.1", port(server))) {
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }

  private static Socket connected(HttpServer server) throws IOException {
    Socket socket = new Socket("127.0.0.1", port(server));
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static int port(HttpServer server) {
    return Integer.parseInt(server.address().substring(server.address().lastIndexOf(':') + 1));
  }
}
