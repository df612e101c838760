package io.binlogbroker.broker.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.config.AdminConfig;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.schema.catalogue.ParkedTable;
import io.binlogbroker.engine.thread.ThreadFailures;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpServerTest {
  private final FakeState state = new FakeState();
  private final ProcessMetrics metrics = new ProcessMetrics();
  private final HttpServer server =
      HttpServer.open("127.0.0.1:0", List.of("broker.internal"), List.of(state), metrics);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void answersWithTheCurrentRole() throws Exception {
    assertThat(get("/admin/myrole").body()).isEqualTo("{\"role\":\"slave\"}");

    state.master = true;

    assertThat(get("/admin/myrole").body()).isEqualTo("{\"role\":\"master\"}");
  }

  @Test
  void answersWithTheRulesInForce() throws Exception {
    state.rules =
        new RulesStatus(
            7, new BinlogPosition("binlog.000003", 1234), 8, "Sources[0]: expected an object");
    state.gaps = 2;
    state.failures = fiveFailures();
    state.parked =
        List.of(
            new ParkedTable("d", "goods", new BinlogPosition("binlog.000002", 99), "altered", "e"));

    HttpResponse<String> answer = get("/admin/status");

    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body())
        .contains("\"group\" : \"db_mall\"")
        .contains("\"gaps\" : 2")
        .contains("\"parked_rows\" : 3")
        .contains("\"thread_failures\" : 5")
        .contains("\"last_thread_failure\" : \"config-watch: java.lang.NumberFormatException\"")
        .contains("\"table\" : \"goods\"")
        .contains("\"pos\" : 99")
        .contains("\"applied_revision\" : 7")
        .contains("\"applied_file\" : \"binlog.000003\"")
        .contains("\"applied_pos\" : 1234")
        .contains("\"refused_revision\" : 8")
        .contains("expected an object")
        .contains("\"statement_events\" : 3");
  }

  @Test
  void metricsCarryTheGroupAndTheirTags() throws Exception {
    Metrics mall = metrics.of("db_mall");
    mall.gauge(Metric.MASTER, () -> 1);
    mall.gauge(Metric.CONFIG_APPLIED_REVISION, () -> 7);
    mall.gauge(Metric.CONFIG_REFUSED_REVISION, () -> 8);
    mall.count(Metric.STATEMENT_EVENTS, () -> 3);
    mall.count(Metric.THREAD_FAILURES, () -> 5);
    mall.counter(Metric.ROWS, "mall", "goods", "insert").add(2);
    mall.counter(Metric.ROWS, "mall", "goods", "insert").add(2);
    mall.time(Metric.COMMIT_TIME, 5_000_000);
    metrics.of("db_social").gauge(Metric.MASTER, () -> 0);

    assertThat(get("/metrics").body())
        .contains("binlogbroker_master{group=\"db_mall\"} 1.0")
        .contains("binlogbroker_master{group=\"db_social\"} 0.0")
        .contains("binlogbroker_config_applied_revision{group=\"db_mall\"} 7.0")
        .contains("binlogbroker_config_refused_revision{group=\"db_mall\"} 8.0")
        .contains("binlogbroker_statement_events_total{group=\"db_mall\"} 3.0")
        .contains("binlogbroker_thread_failures_total{group=\"db_mall\"} 5.0")
        .contains(
            "binlogbroker_rows_total{action=\"insert\",group=\"db_mall\",schema=\"mall\",table=\"goods\"}"
                + " 4.0")
        .contains("binlogbroker_commit_seconds_bucket{group=\"db_mall\",le=\"0.002\"} 0")
        .contains("binlogbroker_commit_seconds_bucket{group=\"db_mall\",le=\"0.005\"} 1")
        .contains("binlogbroker_commit_seconds_count{group=\"db_mall\"} 1")
        .contains("binlogbroker_commit_seconds_sum{group=\"db_mall\"} 0.005");
  }

  @Test
  void severalGroupsAnswerTogetherOrByName() throws Exception {
    FakeState social = new FakeState();
    social.name = "db_social";
    try (HttpServer both =
        HttpServer.open("127.0.0.1:0", List.of(), List.of(state, social), metrics)) {
      state.master = true;

      assertThat(get(both, "/admin/myrole"))
          .isEqualTo(
              "{\"groups\":[{\"group\":\"db_mall\",\"role\":\"master\"},"
                  + "{\"group\":\"db_social\",\"role\":\"slave\"}]}");
      assertThat(get(both, "/admin/myrole?group=db_social")).isEqualTo("{\"role\":\"slave\"}");
      assertThat(get(both, "/admin/status?group=other"))
          .isEqualTo("this process does not serve that group\n");
    }
  }

  private String get(HttpServer asked, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + asked.address() + path)).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void unknownPathsAndMethodsAreRefused() throws Exception {
    assertThat(get("/admin/other").statusCode()).isEqualTo(404);
    assertThat(get("/admin/myrole/more").statusCode()).isEqualTo(404);
    HttpRequest post = request("/admin/myrole").POST(BodyPublishers.noBody()).build();
    assertThat(client.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  @Test
  void reportsWhatToSetWhenThePortIsInUse() {
    assertThatExceptionOfType(DeliveryException.class)
        .isThrownBy(() -> HttpServer.open(server.address(), List.of(), List.of(state), metrics))
        .withMessageContaining(server.address())
        .withMessageContaining("RPCListen")
        .withMessageContaining("--listen")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.CONFIGURATION));
  }

  @Test
  void halfOpenRequestsDoNotDelayOthers() throws Exception {
    List<Socket> halfOpen = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        Socket socket = connected(server);
        halfOpen.add(socket);
        socket.getOutputStream().write("GET /admin/myrole HTTP/1.1\r\nX:".getBytes(US_ASCII));
      }

      assertThat(get("/admin/myrole").statusCode()).isEqualTo(200);
      assertThat(get("/metrics").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : halfOpen) {
        socket.close();
      }
    }
  }

  @Test
  void anIncompleteRequestIsClosedAfterTheTimeout() throws Exception {
    Duration limit = Duration.ofMillis(50);
    try (HttpServer impatient =
            HttpServer.open(
                new AdminConfig("127.0.0.1:0", List.of()), List.of(state), metrics, limit);
        Socket socket = connected(impatient)) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(US_ASCII));

      assertThat(endOf(socket)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SSH-2.0, 400",
    "GET / HTTP/2.0, 426",
    "GET /metrics, 505",
    "GET /admin/\u0000 HTTP/1.1, 400",
    "GET /%00 HTTP/1.1, 400",
    "GET /%zz HTTP/1.1, 400",
    "GET /../metrics HTTP/1.1, 400",
    "GET /%2e%2e/metrics HTTP/1.1, 400",
    "GET /admin/%2e%2e/metrics HTTP/1.1, 400",
    "GET /admin/..;/metrics HTTP/1.1, 400",
    "GET /admin%2fstatus HTTP/1.1, 400",
    "GET /admin/../metrics HTTP/1.1, 404",
    "GET //metrics HTTP/1.1, 400",
    "GET /metrics/ HTTP/1.1, 404",
    "GET /metrics;a=b HTTP/1.1, 404",
    "GET /METRICS HTTP/1.1, 404",
    "GET /admin/myrole?group=%ff%zz HTTP/1.1, 400",
    "OPTIONS * HTTP/1.1, 404",
    "CONNECT evil.example:443 HTTP/1.1, 400",
    "TRACE /metrics HTTP/1.1, 405",
    "DELETE /metrics HTTP/1.1, 405",
    "HEAD /metrics HTTP/1.1, 405",
    "get /metrics HTTP/1.1, 405",
  })
  void oddRequestsAreRefused(String line, int status) throws Exception {
    String answer = ask(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + status + " ").doesNotContain("evil", "Exception");
  }

  @Test
  void headersAboveEightKibibytesAreRefused() throws Exception {
    String header = "X: " + "x".repeat(9_000) + "\r\n\r\n";

    assertThat(ask("GET /metrics HTTP/1.1\r\nHost: localhost\r\n" + header))
        .startsWith("HTTP/1.1 431 ");
    assertThat(ask("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 414 ");
  }

  @Test
  void aConnectionAnswersSeveralRequests() throws Exception {
    String request = "GET /admin/myrole HTTP/1.1\r\nHost: localhost\r\n";

    assertThat(ask(request + "\r\n" + request + "Connection: close\r\n\r\n").split("role", -1))
        .hasSize(3);
  }

  @Test
  void aBodyIsNotReadWhereNoneIsExpected() throws Exception {
    String request =
        "POST /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n";

    assertThat(ask(request)).startsWith("HTTP/1.1 405 ").contains("Allow: GET");
  }

  @Test
  void aRequestThatTricklesIsClosedAfterTheTimeout() throws Exception {
    Duration limit = Duration.ofMillis(200);
    try (HttpServer impatient =
            HttpServer.open(
                new AdminConfig("127.0.0.1:0", List.of()), List.of(state), metrics, limit);
        Socket socket = connected(impatient)) {
      socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nX: ".getBytes(US_ASCII));
      Thread trickle = new Thread(() -> trickle(socket), "trickle");
      trickle.start();

      // A reset counts as closed.
      assertThat(endsWithoutAnswer(socket)).isTrue();
      trickle.join();
    }
  }

  private static void trickle(Socket socket) {
    try {
      while (true) {
        socket.getOutputStream().write('x');
        LockSupport.parkNanos(10_000_000);
      }
    } catch (IOException e) {
      // The server closed the connection.
    }
  }

  private static boolean endsWithoutAnswer(Socket socket) {
    try {
      return endOf(socket).isEmpty();
    } catch (SocketException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aClientThatDoesNotReadItsResponseDoesNotDelayOthers() throws Exception {
    List<Socket> deaf = new ArrayList<>();
    Metrics many = metrics.of("db_mall");
    for (int i = 0; i < 20_000; i++) {
      many.counter(Metric.ROWS, "mall", "goods_" + i, "insert").add(1);
    }
    try {
      for (int i = 0; i < 20; i++) {
        Socket socket = connected(server);
        deaf.add(socket);
        socket
            .getOutputStream()
            .write("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
      }

      assertThat(get("/admin/myrole").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : deaf) {
        socket.close();
      }
    }
  }

  @Test
  void threadsAreFewDaemonsNamedHttp() throws Exception {
    Set<Thread> others = Thread.getAllStackTraces().keySet();
    try (HttpServer own = HttpServer.open("127.0.0.1:0", List.of(), List.of(state), metrics)) {
      for (int i = 0; i < 50; i++) {
        get(own, "/admin/myrole");
      }

      List<Thread> threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> !others.contains(thread))
              .filter(thread -> thread.getName().startsWith("http"))
              .toList();
      assertThat(threads).isNotEmpty().hasSizeLessThanOrEqualTo(8).allMatch(Thread::isDaemon);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8846",
        "a.localhost",
        "127.0.0.1:80",
        "10.0.0.7",
        "[::1]:8846",
        "Broker.Internal:1",
        "broker.internal.",
      })
  void theHostsOwnNamesAndAddressesAreAnswered(String host) throws Exception {
    assertThat(askAs(host)).startsWith("HTTP/1.1 200 OK\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:8846", "127.0.0.1.evil.example"})
  void aForeignHostIsRefused(String host) throws Exception {
    assertThat(askAs(host))
        .startsWith("HTTP/1.1 403 Forbidden\r\n")
        .contains("RPCHosts")
        .doesNotContain("role", "evil");
  }

  @Test
  void anInternalErrorIsAnsweredAndReported() throws Exception {
    RulesStatus rules = state.rules;
    state.rules = null;

    assertThat(get("/admin/status").statusCode()).isEqualTo(500);

    state.rules = rules;
    assertThat(get("/admin/status").body())
        .contains("\"thread_failures\" : 1", "java.lang.NullPointerException\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x@y", "evil.example\r\nHost: localhost"})
  void anInvalidHostIsRefused(String host) throws Exception {
    assertThat(askAs(host)).startsWith("HTTP/1.1 400 ").doesNotContain("role", "evil");
  }

  private String askAs(String host) throws IOException {
    return ask("GET /admin/myrole?a=b HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  private String ask(String request) throws IOException {
    try (Socket socket = connected(server)) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return endOf(socket);
    }
  }

  private static String endOf(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }

  private static Socket connected(HttpServer server) throws IOException {
    String address = server.address();
    int colon = address.lastIndexOf(':');
    Socket socket =
        new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    socket.setSoTimeout(20_000);
    return socket;
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + server.address() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private static ThreadFailures fiveFailures() {
    ThreadFailures failures = new ThreadFailures();
    for (int i = 0; i < 5; i++) {
      failures.add("config-watch", new NumberFormatException("of a test"));
    }
    return failures;
  }
}
