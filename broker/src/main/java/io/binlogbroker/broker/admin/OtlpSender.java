package io.binlogbroker.broker.admin;

import io.binlogbroker.broker.config.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMetricsSender;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts metrics to one address, without following redirects, and logs when that begins or ceases to
 * fail. One thread at a time, except {@link #setTimeout}.
 */
final class OtlpSender implements OtlpMetricsSender {
  private static final Logger log = LoggerFactory.getLogger(OtlpSender.class);

  private final OtlpConfig config;
  private final HttpClient client;
  private volatile Duration timeout;
  private boolean failing;

  /**
   * @param timeout of a request
   */
  OtlpSender(OtlpConfig config, Duration timeout) {
    this.config = config;
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  /** Sets the timeout of the following requests. Any thread. */
  void setTimeout(Duration following) {
    timeout = following;
  }

  /** Does not throw: Micrometer would log each failure. */
  @Override
  public void send(Request request) {
    try {
      post(request.getMetricsData());
      succeeded();
    } catch (IOException e) {
      failed(e.getClass().getSimpleName() + reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "" : ": " + e.getMessage();
  }

  private void post(byte[] metrics) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(config.url()))
            .timeout(timeout)
            .header("Content-Type", "application/x-protobuf")
            .header("User-Agent", "binlogbroker")
            .POST(HttpRequest.BodyPublishers.ofByteArray(metrics));
    config.headers().forEach(request::setHeader);
    HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
    answer.body().close();
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("expected status 200, got " + answer.statusCode());
    }
  }

  private synchronized void succeeded() {
    if (failing) {
      failing = false;
      log.info("{} accepts metrics again", config.url());
    }
  }

  private synchronized void failed(String reason) {
    if (!failing) {
      failing = true;
      log.warn(
          "{} does not accept metrics: {}. They are pushed again every {} s; further failures are not"
              + " logged.",
          config.url(),
          reason,
          config.step().toSeconds());
    }
  }
}
