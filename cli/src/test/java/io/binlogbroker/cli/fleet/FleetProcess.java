package io.binlogbroker.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.binlogbroker.cli.ForkedProgram;
import io.binlogbroker.testkit.process.ReservedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** A broker's process that serves all groups in an etcd. One thread. */
final class FleetProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ReservedPort port = ReservedPort.next();
  private final Path folder;
  private final String etcd;
  private ForkedProgram program;

  FleetProcess(Path folder, String etcd) {
    this.folder = folder;
    this.etcd = etcd;
    this.program = started();
  }

  private ForkedProgram started() {
    return ForkedProgram.start(
        folder, "-g", "*", "-etcd", etcd, "--listen", "127.0.0.1:" + port.number());
  }

  void kill() {
    program.close();
  }

  void restart() {
    program = started();
  }

  ForkedProgram program() {
    return program;
  }

  /** The groups that it is master of and that are ready; none before it answers. */
  Set<String> delivered() {
    Set<String> groups = new HashSet<>();
    if (!program.console().contains("Listening at")) {
      return groups;
    }
    for (JsonNode group : get("/api/v1/groups").path("groups")) {
      if (group.get("role").asText().equals("master") && group.get("ready").asBoolean()) {
        groups.add(group.get("group").asText());
      }
    }
    return groups;
  }

  /** Whether it is the master of a group. */
  boolean isMasterOf(String group) {
    return delivered().contains(group);
  }

  /** Asks for an action; returns the status of the answer. */
  int act(String group, String action) {
    HttpRequest request =
        request("/api/v1/groups/" + group + "/actions/" + action)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.noBody())
            .build();
    return send(request).statusCode();
  }

  /** Appends a line to a group's configuration as it is shown; returns the answer's status. */
  int appendToConfig(String group, String line) {
    JsonNode config = get("/api/v1/groups/" + group + "/config");
    HttpRequest request =
        request("/api/v1/groups/" + group + "/config")
            .header("Content-Type", "application/json")
            .header("If-Match", "\"" + config.get("revision").asLong() + "\"")
            .PUT(BodyPublishers.ofString(config.get("text").asText() + line))
            .build();
    return send(request).statusCode();
  }

  private JsonNode get(String path) {
    try {
      return MAPPER.readTree(send(request(path).build()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    URI address = URI.create("http://127.0.0.1:" + port.number() + path);
    return HttpRequest.newBuilder(address).timeout(LIMIT);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected an answer; console:\n" + program.console(), e);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
