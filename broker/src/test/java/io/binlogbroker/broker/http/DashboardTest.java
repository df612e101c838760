package io.binlogbroker.broker.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.admin.ProcessMetrics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DashboardTest {
  private static final int MOST_BYTES = 150_000;
  private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
  private static final Pattern IMPORT = Pattern.compile("from '\\./([^']+)'");

  private final HttpServer server =
      HttpServer.open("127.0.0.1:0", List.of(), List.of(new FakeState()), new ProcessMetrics());
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void thePageAndAllItNamesAreServed() throws Exception {
    HttpResponse<String> page = get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    List<String> assets = found(ASSET, page.body());
    assertThat(assets)
        .contains("assets/main.js", "assets/uplot.js")
        .allMatch(a -> a.startsWith("assets/"));
    for (String asset : assets) {
      assertThat(get("/" + asset).statusCode()).as(asset).isEqualTo(200);
    }
    for (String module :
        List.of(
            "main.js",
            "overview.js",
            "charts.js",
            "tables.js",
            "events.js",
            "config.js",
            "actions.js",
            "requests.js")) {
      HttpResponse<String> script = get("/assets/" + module);
      assertThat(script.headers().firstValue("Content-Type"))
          .hasValue("text/javascript; charset=utf-8");
      assertThat(found(IMPORT, script.body())).isNotEmpty();
      for (String imported : found(IMPORT, script.body())) {
        assertThat(get("/assets/" + imported).statusCode()).as(imported).isEqualTo(200);
      }
    }
    assertThat(new Dashboard().size()).isLessThan(MOST_BYTES);
  }

  @Test
  void nothingInlineAndNoOtherHostIsPermitted() throws Exception {
    for (String path : List.of("/", "/assets/main.js")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe", "http");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    }
    assertThat(get("/").body()).doesNotContain("style=", "<style", "onload", "<script>");
  }

  @Test
  void whatABrowserHasAlreadyIsNotSentAgain() throws Exception {
    String tag = get("/assets/preact.js").headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again = get("/assets/preact.js", "If-None-Match", "\"other\", " + tag);
    HttpResponse<String> changed = get("/assets/preact.js", "If-None-Match", "\"other\"");

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.body()).contains("export{");
  }

  @Test
  void otherFilesAreNotServed() throws Exception {
    for (String path :
        List.of(
            "/assets/",
            "/assets/index.html",
            "/assets/openapi.json",
            "/assets/package-info.class",
            "/assets/..",
            "/assets/..%2fopenapi.json",
            "/assets/dashboard/main.js")) {
      assertThat(get(path).statusCode()).as(path).isIn(400, 404);
    }
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + server.address() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
