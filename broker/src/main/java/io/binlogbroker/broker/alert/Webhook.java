package io.binlogbroker.broker.alert;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON to one address, without following redirects. Messages of failures do not contain the
 * address, except for its scheme, host and port. Belongs to one thread.
 */
final class Webhook {
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;

  private final URI address;
  private final @Nullable String authorization;
  private final Duration timeout;
  private @Nullable HttpClient client;

  /** A message that the server will not accept, however often it is sent. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * @param url may contain a user and a password
   * @param timeout of a request
   */
  Webhook(String url, Duration timeout) {
    URI whole = URI.create(url);
    String user = whole.getUserInfo();
    this.authorization =
        user == null
            ? null
            : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    String rest =
        whole.getRawPath() + (whole.getRawQuery() == null ? "" : "?" + whole.getRawQuery());
    this.address = URI.create(server(whole) + rest);
    this.timeout = timeout;
  }

  private static String server(URI uri) {
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  /**
   * Returns when the server has accepted a message.
   *
   * @throws RefusedException when it never will
   * @throws IOException when it may accept it later
   */
  void post(String json) throws IOException, InterruptedException {
    int status;
    try {
      HttpResponse<InputStream> answer = client().send(request(json), BodyHandlers.ofInputStream());
      answer.body().close();
      status = answer.statusCode();
    } catch (IOException e) {
      // The message of a foreign exception may contain the address, which may contain a secret.
      throw new IOException("the request failed with " + e.getClass().getSimpleName(), e);
    }
    if (status / 100 == 2) {
      return;
    }
    String message = "expected status 200, got " + status;
    boolean isRefused =
        status / 100 == 4 && status != REQUEST_TIMEOUT && status != TOO_MANY_REQUESTS;
    throw isRefused ? new RefusedException(message) : new IOException(message);
  }

  private HttpClient client() {
    HttpClient known = client;
    if (known == null) {
      known =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(timeout)
              .build();
      client = known;
    }
    return known;
  }

  private HttpRequest request(String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("User-Agent", "binlogbroker")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request.build();
  }

  /** Scheme, host and port. */
  @Override
  public String toString() {
    return server(address);
  }
}
