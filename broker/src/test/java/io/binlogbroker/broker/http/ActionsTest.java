package io.binlogbroker.broker.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.binlogbroker.broker.admin.ConflictException;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.config.AdminConfig;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Fault;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Actions as clients of the HTTP server have them carried out, and hostile requests for them. */
@Timeout(60)
class ActionsTest {
  private static final String TOKEN = "correct-horse-battery-staple";
  private static final String ACTIONS = "/api/v1/groups/db_mall/actions/";
  private static final String CONFIG = "/api/v1/groups/db_mall/config";
  private static final String CALLER = "the token's holder at 127.0.0.1";

  private final FakeState state = new FakeState();
  private final HttpServer server = open(TOKEN);
  private final HttpClient client = HttpClient.newHttpClient();

  /** With a limit that a busy machine does not reach. */
  private HttpServer open(String token) {
    return HttpServer.open(
        new AdminConfig("127.0.0.1:0", List.of(), token, null),
        List.of(state),
        new ProcessMetrics(),
        Duration.ofSeconds(30));
  }

  @AfterEach
  void close() {
    state.control.gate.countDown();
    server.close();
  }

  @Test
  void pausesResumesAndResigns() throws Exception {
    HttpResponse<String> answer = post("pause", "");
    post("resume", "{}");
    post("resign", "{}");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).contains("\"done\" : true", "Paused");
    assertThat(state.control.calls)
        .containsExactly("pause by " + CALLER, "resume by " + CALLER, "resign by " + CALLER);
  }

  @Test
  void addsAndRemovesATable() throws Exception {
    HttpResponse<String> added =
        post(
            "add-table",
            """
            {"schema": "mall_db", "table": "order_\\\\d+", "topic": "orders", "key": "@pk",
             "snapshot": true, "where": "id > 5", "force": true}
            """);
    HttpResponse<String> removed =
        post("remove-table", "{\"schema\": \"mall_db\", \"table\": \"goods\"}");

    assertThat(added.statusCode()).isEqualTo(200);
    assertThat(added.body()).contains("\"revision\" : 13");
    assertThat(removed.body()).contains("\"revision\" : 14");
    assertThat(state.control.calls.get(0))
        .startsWith("add mall_db ")
        .contains("order_\\d+", "topic=orders", "key=@pk", "snapshot=INITIAL", "id > 5")
        .endsWith(" true");
    assertThat(state.control.calls.get(1)).isEqualTo("remove mall_db.goods");
  }

  @Test
  void startsAndChangesSnapshots() throws Exception {
    post("start-snapshot", "{\"tables\": [\"a.b\", \"a.c.d\"], \"where\": \"x\", \"priority\": 3}");
    post("pause-snapshot", "");
    post("resume-snapshot", "{\"tables\": [\"a.b\"]}");
    post("cancel-snapshot", "{\"tables\": null}");

    assertThat(state.control.calls)
        .containsExactly("start [a.b, a.c.d] x 3", "PAUSE []", "RESUME [a.b]", "CANCEL []");
  }

  @Test
  void setsAndResetsThePosition() throws Exception {
    HttpResponse<String> set =
        post(
            "set-position", "{\"file\": \"b.000007\", \"pos\": 9999999999, \"gtid_set\": \"u:1\"}");
    post("reset-position", "");

    assertThat(set.statusCode()).isEqualTo(202);
    assertThat(state.control.calls).containsExactly("set b.000007:9999999999 u:1", "reset");
  }

  @Test
  void replacesTheConfigurationWithARevision() throws Exception {
    String text = "{\"SyncAll\": true} // all";
    HttpResponse<String> answer =
        send(request(CONFIG + "?force=true").header("If-Match", "\"12\"").PUT(body(text)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"revision\" : 15");
    assertThat(state.control.calls).containsExactly("put " + text + " 12 true");
  }

  @Test
  void aConfigurationIsCheckedAndNotWritten() throws Exception {
    HttpResponse<String> answer =
        send(request(CONFIG + "?validate=true").header("If-Match", "12").PUT(body("{}")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new ObjectMapper().readTree(answer.body()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"done": false, "text": "Valid, not written", "preview": {
                      "rules_added": ["mall.users -> users"], "rules_removed": [],
                      "restart": ["Heartbeat"], "notes": ["a note"]}}
                    """));
    assertThat(state.control.calls).containsExactly("preview {} 12 false");
    assertThat(
            send(request(CONFIG + "?validate=1").header("If-Match", "12").PUT(body("{}")))
                .statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "x", "-1", "W/\"12\"", "99999999999999999999"})
  void aConfigurationWithoutARevisionIsRefused(String revision) throws Exception {
    HttpRequest.Builder put = request(CONFIG).PUT(body("{}"));

    assertThat(send(put.header("If-Match", revision)).statusCode()).isEqualTo(400);
    assertThat(send(request(CONFIG).PUT(body("{}"))).body()).contains("If-Match");
    assertNothingWasDone();
  }

  @Test
  void failuresNameTheReason() throws Exception {
    assertThat(failing(new ConflictException("process 7 on b is master")))
        .isEqualTo("409 process 7 on b is master");
    assertThat(failing(new ConfigException(List.of(new Fault("Sources[0]", "no such table")))))
        .isEqualTo("422 Sources[0]: no such table");
    assertThat(failing(DeliveryException.fatal(FailureKind.SOURCE_ACCESS, "denied")))
        .isEqualTo("422 denied");
    assertThat(failing(DeliveryException.retriable(FailureKind.UNREACHABLE, "away", null)))
        .isEqualTo("503 away");
    assertThat(failing(new IllegalStateException("a secret")))
        .isEqualTo("500 internal error; see the log file");
  }

  private String failing(RuntimeException failure) throws Exception {
    state.control.failure = failure;
    HttpResponse<String> answer = post("pause", "");
    String text = new ObjectMapper().readTree(answer.body()).get("text").asText();
    return answer.statusCode() + " " + text;
  }

  @Test
  void onlyAFewActionsWaitForAnother() throws Exception {
    state.control.gate = new CountDownLatch(1);
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      HttpRequest post = request(ACTIONS + "pause").POST(body("")).build();
      answers.add(client.sendAsync(post, BodyHandlers.ofString()));
    }
    // One is in progress and eight wait.
    while (answers.stream().filter(CompletableFuture::isDone).count() < 21) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(get("/livez")).isEqualTo(200);

    state.control.gate.countDown();

    long refused = 0;
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      refused += answer.get().statusCode() == 503 ? 1 : 0;
    }
    assertThat(refused).isEqualTo(21);
    assertThat(state.control.calls).hasSize(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pause | {\"now\": true}",
        "pause | []",
        "pause | {",
        "pause | {} {}",
        "pause | true",
        "add-table | {}",
        "add-table | {\"schema\": \"a\"}",
        "add-table | {\"schema\": \"a\", \"table\": 5}",
        "add-table | {\"schema\": \"a\", \"schema\": \"b\", \"table\": \"c\"}",
        "add-table | {\"schema\": \"a\", \"table\": \"b\", \"key\": [\"c\"]}",
        "add-table | {\"schema\": \"a\", \"table\": \"b\", \"force\": \"yes\"}",
        "set-position | {}",
        "set-position | {\"file\": \"b.000007\"}",
        "set-position | {\"file\": \"b.000007\", \"pos\": 3}",
        "set-position | {\"file\": \"b.000007\", \"pos\": \"4\"}",
        "reset-position | {\"force\": true}",
        "start-snapshot | {}",
        "start-snapshot | {\"tables\": []}",
        "start-snapshot | {\"tables\": [\"goods\"]}",
        "start-snapshot | {\"tables\": \"a.b\"}",
        "start-snapshot | {\"tables\": [\"a.b\"], \"priority\": 1.5}",
        "start-snapshot | {\"tables\": [\"a.b\"], \"priority\": 99999999999}",
        "cancel-snapshot | {\"tables\": [\".b\"]}",
      })
  void aBodyIsReadStrictly(String action, String body) throws Exception {
    assertThat(post(action, body).statusCode()).isEqualTo(400);
    assertNothingWasDone();
  }

  @Test
  void deepJsonIsRefused() throws Exception {
    assertThat(post("add-table", "[".repeat(60_000)).statusCode()).isEqualTo(400);
    assertThat(post("pause", "{\"a\":".repeat(10_000)).statusCode()).isEqualTo(400);
    assertNothingWasDone();
  }

  @Test
  void aHugeBodyIsRefusedBeforeItIsRead() throws Exception {
    String head = head("POST", ACTIONS + "pause", "Content-Length: 1000000000");

    assertThat(ask(head)).startsWith("HTTP/1.1 413 ");
    assertNothingWasDone();
  }

  @Test
  void aHugeBodyWithoutALengthIsRefused() throws Exception {
    String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
    String oneMore = "1\r\nx\r\n";
    String head = head("POST", ACTIONS + "pause", "Transfer-Encoding: chunked");

    assertThat(ask(head + chunk.repeat(2) + oneMore)).startsWith("HTTP/1.1 413 ");
    assertNothingWasDone();
  }

  @Test
  void theConfigurationMayBeLarger() throws Exception {
    HttpRequest.Builder large =
        request(CONFIG).header("If-Match", "1").PUT(body("x".repeat(1_000_000)));
    String tooLarge = head("PUT", CONFIG, "If-Match: 1", "Content-Length: 1048577");

    assertThat(send(large).statusCode()).isEqualTo(200);
    assertThat(ask(tooLarge)).startsWith("HTTP/1.1 413 ");
    assertThat(state.control.calls).hasSize(1);
  }

  @Test
  void aBodyThatDoesNotArriveEndsWithTheTimeout() throws Exception {
    try (HttpServer impatient =
            HttpServer.open(
                new AdminConfig("127.0.0.1:0", List.of(), TOKEN, null),
                List.of(state),
                new ProcessMetrics(),
                Duration.ofMillis(200));
        Socket socket = connected(impatient)) {
      String head = head("POST", ACTIONS + "pause", "Content-Length: 10");
      socket.getOutputStream().write((head + "{").getBytes(US_ASCII));

      assertThat(endOf(socket)).doesNotContain("\"done\" : true");
    }
    assertNothingWasDone();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain; application/json",
        "application/json; charset=utf-16",
      })
  void whatAWebFormCouldSendIsRefused(String type) throws Exception {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(URI.create("http://" + server.address() + ACTIONS + "pause"))
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", type)
            .POST(body("{}"));

    assertThat(send(post).statusCode()).isEqualTo(415);
    assertNothingWasDone();
  }

  @Test
  void aPageOfAnotherSiteIsRefused() throws Exception {
    HttpRequest.Builder post = request(ACTIONS + "pause").POST(body("{}"));

    assertThat(send(post.header("Origin", "http://evil.example")).statusCode()).isEqualTo(403);
    assertNothingWasDone();
  }

  @Test
  void withoutATokenAProcessOfThisHostMayAct() throws Exception {
    try (HttpServer open = open(null)) {
      HttpRequest.Builder post =
          HttpRequest.newBuilder(URI.create("http://" + open.address() + ACTIONS + "pause"))
              .header("Content-Type", "application/json")
              .POST(body(""));

      assertThat(send(post).statusCode()).isEqualTo(202);
      assertThat(send(post.copy().header("X-Forwarded-For", "10.0.0.7")).statusCode())
          .isEqualTo(403);
    }
    assertThat(state.control.calls).containsExactly("pause by a process of this host at 127.0.0.1");
  }

  @Test
  void withoutATokenAListenerOnAllInterfacesAcceptsNoAction() throws Exception {
    try (HttpServer exposed =
        HttpServer.open(":0", List.of(), List.of(state), new ProcessMetrics())) {
      HttpRequest.Builder post =
          HttpRequest.newBuilder(URI.create("http://" + exposed.address() + ACTIONS + "pause"))
              .header("Content-Type", "application/json")
              .POST(body(""));

      HttpResponse<String> answer = send(post);

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("AdminToken", "RPCListen");
    }
    assertNothingWasDone();
  }

  @Test
  void wrongTokensDoNotDelayOthersAndAreNotRepeated() throws Exception {
    List<Socket> guessing = new ArrayList<>();
    try {
      for (int i = 0; i < 1_000; i++) {
        Socket socket = connected(server);
        guessing.add(socket);
        String guess =
            "POST "
                + ACTIONS
                + "pause HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer guess-"
                + i
                + "-0123456789\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n";
        socket.getOutputStream().write(guess.getBytes(US_ASCII));
      }

      assertThat(get("/livez")).isEqualTo(200);
      assertThat(post("resume", "").statusCode()).isEqualTo(202);

      Socket last = guessing.get(guessing.size() - 1);
      byte[] answer = new byte[200];
      int length = last.getInputStream().read(answer);
      assertThat(new String(answer, 0, length, US_ASCII))
          .startsWith("HTTP/1.1 401 ")
          .contains("WWW-Authenticate: Bearer")
          .doesNotContain("guess", TOKEN);
    } finally {
      for (Socket socket : guessing) {
        socket.close();
      }
    }
    assertThat(state.control.calls).containsExactly("resume by " + CALLER);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/groups/db_mall/actions/, 404",
    "POST, /api/v1/groups/db_mall/actions/pause/, 404",
    "POST, /api/v1/groups/db_mall/actions/PAUSE, 404",
    "POST, /api/v1/groups/db_mall/actions/pause;a=b, 404",
    "POST, /api/v1/groups/db_mall/actions/put-config, 404",
    "POST, /api/v1/groups/db_mall/actions%2fpause, 400",
    "POST, /api/v1/groups/db_mall/x/../actions/pause, 404",
    "POST, /api/v1/groups/db_mall/%2e%2e/db_mall/actions/pause, 400",
    "POST, //api/v1/groups/db_mall/actions/pause, 400",
    "POST, /api/v1/groups/other/actions/pause, 404",
    "POST, /api/v1/groups//actions/pause, 400",
    "GET, /api/v1/groups/db_mall/actions/pause, 405",
    "PUT, /api/v1/groups/db_mall/actions/pause, 405",
    "HEAD, /api/v1/groups/db_mall/actions/pause, 405",
    "OPTIONS, /api/v1/groups/db_mall/actions/pause, 405",
    "post, /api/v1/groups/db_mall/actions/pause, 405",
    "POST, /api/v1/groups/db_mall/config, 405",
    "DELETE, /api/v1/groups/db_mall/config, 405",
  })
  void oddPathsAndMethodsDoNothing(String method, String path, int status) throws Exception {
    assertThat(ask(head(method, path, "Content-Length: 0", "Connection: close")))
        .startsWith("HTTP/1.1 " + status + " ");
    assertNothingWasDone();
  }

  @Test
  void aForeignHostIsRefused() throws Exception {
    String request =
        head("POST", ACTIONS + "pause", "Content-Length: 0", "Connection: close")
            .replace("Host: localhost", "Host: evil.example");

    assertThat(ask(request)).startsWith("HTTP/1.1 403 ").contains("RPCHosts");
    assertNothingWasDone();
  }

  @Test
  void aGroupThatHasEndedIsNotActedOn() throws Exception {
    state.ended = "The position is lost.";

    HttpResponse<String> answer = post("pause", "");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("The position is lost.");
    assertNothingWasDone();
  }

  private void assertNothingWasDone() {
    assertThat(state.control.calls).isEmpty();
  }

  private HttpResponse<String> post(String action, String body) throws Exception {
    return send(request(ACTIONS + action).POST(body(body)));
  }

  private int get(String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create("http://" + server.address() + path)))
        .statusCode();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + server.address() + path))
        .header("Authorization", "Bearer " + TOKEN)
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.BodyPublisher body(String text) {
    return BodyPublishers.ofString(text);
  }

  /** The head of a request with the token. */
  private static String head(String method, String path, String... more) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + TOKEN
        + "\r\nContent-Type: application/json\r\n"
        + String.join("\r\n", more)
        + "\r\n\r\n";
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
}
