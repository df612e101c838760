package io.binlogbroker.broker.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.binlogbroker.broker.fixture.LoggedLines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AlertSenderTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private Answer answer = (exchange, request) -> reply(exchange, 200);
  private HttpServer server;

  /** What the server does with the n-th request, counted from 1. */
  private interface Answer {
    void to(HttpExchange exchange, int request) throws IOException, InterruptedException;
  }

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void sendsAlertsInOrder() throws Exception {
    try (AlertSender sender = started(LONG)) {
      add(sender, "one", "two", "three");

      assertThat(receive(3)).containsExactly("one", "two", "three");
    }
  }

  @Test
  void sendsAgainWhatTheServerCouldNotTake() throws Exception {
    answer = (exchange, request) -> reply(exchange, request < 4 ? 503 : 204);
    try (AlertSender sender = started(LONG)) {
      add(sender, "one", "two");

      assertThat(receive(5)).containsExactly("one", "one", "one", "one", "two");
    }
  }

  @Test
  void sendsAgainAfterAConnectionThatIsClosed() throws Exception {
    answer =
        (exchange, request) -> {
          if (request < 3) {
            exchange.close();
          } else {
            reply(exchange, 200);
          }
        };
    try (AlertSender sender = started(LONG)) {
      add(sender, "one", "two");

      assertThat(receive(4)).endsWith("one", "two");
    }
  }

  @Test
  void sendsAgainAfterAnAnswerThatIsTooSlow() throws Exception {
    answer =
        (exchange, request) -> {
          if (request == 1) {
            end.await();
          }
          reply(exchange, 200);
        };
    try (AlertSender sender = started(SHORT)) {
      add(sender, "one");

      assertThat(receive(2)).containsExactly("one", "one");
    }
  }

  @Test
  void doesNotWaitForABodyThatNeverEnds() throws Exception {
    answer =
        (exchange, request) -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          end.await();
        };
    try (AlertSender sender = started(LONG)) {
      add(sender, "one", "two");

      assertThat(receive(2)).containsExactly("one", "two");
    }
  }

  @Test
  void dropsWhatTheServerRefuses() throws Exception {
    answer = (exchange, request) -> reply(exchange, request == 1 ? 400 : 200);
    try (AlertSender sender = started(LONG)) {
      add(sender, "one", "two");

      assertThat(receive(2)).containsExactly("one", "two");
      assertThat(sender.dropped()).isEqualTo(1);
    }
  }

  @Test
  void doesNotFollowRedirects() throws Exception {
    answer =
        (exchange, request) -> {
          if (request == 1) {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port() + "/other");
          }
          reply(exchange, request == 1 ? 307 : 200);
        };
    try (AlertSender sender = started(LONG)) {
      add(sender, "one");

      assertThat(receive(2)).containsExactly("one", "one");
      assertThat(requests).hasValue(2);
    }
  }

  @Test
  void dropsTheOldestWhereTooManyWaitAndNeverBlocks() {
    answer = (exchange, request) -> end.await();
    try (AlertSender sender = started(LONG)) {
      for (int i = 0; i < 10 * AlertSender.MAX_WAITING; i++) {
        add(sender, "alert " + i);
      }

      assertThat(sender.dropped()).isEqualTo(9 * AlertSender.MAX_WAITING);
    }
  }

  @Test
  void sendsTheLastOnesAtTheEnd() throws Exception {
    AlertSender sender = started(LONG);
    add(sender, "one", "two");

    sender.close();

    assertThat(receive(2)).containsExactly("one", "two");
  }

  @Test
  void neitherTheLogNorAFailureShowsTheUrl() throws Exception {
    answer = (exchange, request) -> reply(exchange, request == 1 ? 500 : 403);
    try (LoggedLines lines = new LoggedLines(AlertSender.class)) {
      try (AlertSender sender = started(LONG)) {
        add(sender, "one");
        receive(2);
      }

      assertThat(lines.warnings())
          .hasSize(2)
          .allSatisfy(
              line ->
                  assertThat(line).contains("http://127.0.0.1:" + port()).doesNotContain("secret"));
    }
  }

  @Test
  void credentialsInTheUrlAreSentAsAHeader() throws Exception {
    answer =
        (exchange, request) -> {
          received.add(exchange.getRequestHeaders().getFirst("Authorization"));
          reply(exchange, 200);
        };
    try (AlertSender sender = started(LONG)) {
      add(sender, "one");

      assertThat(receive(2)).contains("Basic dXNlcjpzZWNyZXQ=");
    }
  }

  private AlertSender started(Duration timeout) {
    String url = "http://user:secret@127.0.0.1:" + port() + "/secret?key=secret";
    AlertSender sender =
        new AlertSender(new Webhook(url, timeout), Alert::text, Duration.ofSeconds(2), 1);
    sender.start();
    return sender;
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      int request = requests.incrementAndGet();
      received.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      answer.to(exchange, request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void reply(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static void add(AlertSender sender, String... texts) {
    for (String text : texts) {
      sender.add(new Alert(Alert.Kind.LAG, true, text, null, Instant.EPOCH));
    }
  }

  private List<String> receive(int count) throws InterruptedException {
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      texts[i] = received.poll(30, TimeUnit.SECONDS);
    }
    return List.of(texts);
  }
}
