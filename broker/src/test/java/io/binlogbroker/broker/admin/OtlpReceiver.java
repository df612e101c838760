package io.binlogbroker.broker.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.binlogbroker.broker.config.OtlpConfig;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A collector that keeps what it receives. Its thread answers; the test's thread reads. */
final class OtlpReceiver implements AutoCloseable {
  private final HttpServer server;
  private final BlockingQueue<ExportMetricsServiceRequest> received = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile int status = 200;
  private volatile boolean answers = true;

  OtlpReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/v1/metrics", this::receive);
    server.start();
  }

  OtlpConfig config(Duration step) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/metrics";
    return new OtlpConfig(url, step, Map.of("Authorization", "Bearer s3cret"));
  }

  /** The status of the following answers. */
  void answer(int following) {
    status = following;
  }

  /** Answers no request from now on. */
  void stall() {
    answers = false;
  }

  /** The next request; waits for it. */
  ExportMetricsServiceRequest next() throws InterruptedException {
    ExportMetricsServiceRequest next = received.poll(60, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Nothing was pushed");
    }
    return next;
  }

  /** The authorization of the oldest request whose authorization was not asked for. */
  String nextToken() {
    return tokens.remove();
  }

  private void receive(HttpExchange exchange) throws IOException {
    tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    received.add(ExportMetricsServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes()));
    if (answers) {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
      return;
    }
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }
}
