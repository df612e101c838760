package io.binlogbroker.testkit;

import io.binlogbroker.testkit.files.TestCertificate;
import io.binlogbroker.testkit.process.ServerException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Operates on etcd through its JSON gateway, independently of the client under test. On the
 * caller's thread.
 */
public final class EtcdGateway {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String ROOT = "root";
  private static final Pattern VALUE = Pattern.compile("\"value\":\"([^\"]*)\"");
  private static final Pattern REVISION = Pattern.compile("\"revision\":\"(\\d+)\"");
  private static final Pattern LEASE = Pattern.compile("\"lease\":\"(-?\\d+)\"");
  private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]*)\"");

  private final HttpClient http;
  private final String base;
  private @Nullable String rootPassword;

  EtcdGateway(String url, @Nullable TestCertificate trusted) {
    this.base = url + "/v3/";
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(LIMIT);
    this.http = trusted == null ? client.build() : client.sslContext(trusted.trusting()).build();
  }

  public void put(String key, String value) {
    post("kv/put", "{\"key\":\"%s\",\"value\":\"%s\"}".formatted(base64(key), base64(value)));
  }

  /** Returns null if there is no such key. */
  public @Nullable String get(String key) {
    Matcher value = VALUE.matcher(range(key));
    if (!value.find()) {
      return null;
    }
    return new String(Base64.getDecoder().decode(value.group(1)), StandardCharsets.UTF_8);
  }

  public void delete(String key) {
    post("kv/deleterange", "{\"key\":\"%s\"}".formatted(base64(key)));
  }

  /** Removes every key. */
  public void deleteAll() {
    post("kv/deleterange", "{\"key\":\"AA==\",\"range_end\":\"AA==\"}");
  }

  /** Revokes the lease to which a key is attached, which deletes the key. */
  public void revokeLeaseOf(String key) {
    post("lease/revoke", "{\"ID\":\"" + found(LEASE, range(key)) + "\"}");
  }

  /** Compacts the history up to the current revision. */
  public void compact() {
    String revision = found(REVISION, range("any"));
    post("kv/compaction", "{\"revision\":\"" + revision + "\",\"physical\":true}");
  }

  /** Adds a user who can read and write every key. */
  public void addUser(String name, String password) {
    addUser(name, password, ROOT);
  }

  /** Adds a user without permissions. */
  public void addUserWithoutRights(String name, String password) {
    post("auth/user/add", "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, password));
  }

  /** Adds a role without permissions. */
  public void addRole(String name) {
    post("auth/role/add", "{\"name\":\"%s\"}".formatted(name));
  }

  /** Permits a role to read and write the keys with a prefix. */
  public void grantPrefix(String role, String prefix) {
    int last = prefix.length() - 1;
    String end = prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    post(
        "auth/role/grant",
        "{\"name\":\"%s\",\"perm\":{\"permType\":\"READWRITE\",\"key\":\"%s\",\"range_end\":\"%s\"}}"
            .formatted(role, base64(prefix), base64(end)));
  }

  /** Gives a user a role. */
  public void grantRole(String user, String role) {
    post("auth/user/grant", "{\"user\":\"%s\",\"role\":\"%s\"}".formatted(user, role));
  }

  /** Requires a password from now on. */
  void enableAuthentication(String password) {
    addRole(ROOT);
    addUser(ROOT, password);
    post("auth/enable", "{}");
    rootPassword = password;
  }

  private void addUser(String name, String password, String role) {
    addUserWithoutRights(name, password);
    grantRole(name, role);
  }

  private String range(String key) {
    return post("kv/range", "{\"key\":\"%s\"}".formatted(base64(key)));
  }

  private String post(String path, String json) {
    HttpRequest.Builder request = request(path, json);
    if (rootPassword != null) {
      String login = "{\"name\":\"root\",\"password\":\"%s\"}".formatted(rootPassword);
      request.header("Authorization", found(TOKEN, send(request("auth/authenticate", login))));
    }
    return send(request);
  }

  private HttpRequest.Builder request(String path, String json) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(LIMIT)
        .POST(HttpRequest.BodyPublishers.ofString(json));
  }

  private String send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new ServerException(request.uri() + " answered " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new ServerException("Expected an answer from " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException("Interrupted while waiting for etcd", e);
    }
  }

  private static String found(Pattern pattern, String answer) {
    Matcher matcher = pattern.matcher(answer);
    if (!matcher.find()) {
      throw new ServerException("Expected " + pattern + " in etcd's answer " + answer);
    }
    return matcher.group(1);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
