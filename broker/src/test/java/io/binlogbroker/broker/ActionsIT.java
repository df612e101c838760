package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.config.AdminConfig;
import io.binlogbroker.broker.file.FileConfigStore;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.NumberTable;
import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import io.binlogbroker.testkit.process.ReservedPort;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Actions over HTTP on a group that delivers from real servers. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class ActionsIT {
  private static final String GROUP = "acting_group";
  private static final String TOKEN = "correct-horse-battery-staple";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private Path folder;
  private final ReservedPort port = ReservedPort.next();
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void anOperatorSteersAGroup(LiveServers servers) throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    KafkaServer kafka = servers.kafka();
    NumberTable table = NumberTable.create(mysql, GROUP);
    mysql.execute("CREATE TABLE " + GROUP + ".u LIKE " + GROUP + ".t");
    ProcessMetrics metrics = new ProcessMetrics();
    FileConfigStore store = new FileConfigStore(config(mysql, kafka));
    Group group = new Group(GROUP, store, store.load(), new ProcessResources(metrics));
    AdminConfig admin = new AdminConfig("127.0.0.1:" + port.number(), List.of(), TOKEN, null);
    Server server = new Server(admin, metrics, (failed, failure) -> {}, false);
    server.add(group);
    Thread process = new Thread(server::run, "server");
    process.start();
    try (Delivered delivered = new Delivered(kafka)) {
      await(state -> state.path("ready").asBoolean() && !state.path("committed").isNull());
      mysql.execute(table.insert(1, 2));
      delivered.await(2);

      // A paused group remains master and delivers nothing until it is resumed.
      act("pause", "", 202);
      JsonNode paused = await(state -> state.path("paused").asBoolean());
      mysql.execute(table.insert(3));
      assertThat(paused.path("role").asText()).isEqualTo("master");
      assertThat(paused.path("ready").asBoolean()).isTrue();
      act("resume", "", 202);
      delivered.await(3);

      // In a pause, the position may be set: rows are delivered again from there.
      JsonNode start = state().path("committed");
      String there =
          "{\"file\": \"%s\", \"pos\": %d}"
              .formatted(start.path("file").asText(), start.path("pos").asLong());
      assertThat(act("set-position", there, 409).get("text").asText()).contains("not paused");
      mysql.execute(table.insert(5));
      delivered.await(4);
      act("pause", "", 202);
      String inside = there.replace("}", "1}");
      assertThat(act("set-position", inside, 422).get("text").asText()).contains("Not set");
      act("set-position", there, 202);
      act("resume", "", 202);
      delivered.await(5);

      // A rule takes effect at once; the server is asked first.
      String named = "{\"schema\": \"" + GROUP + "\", \"table\": \"%s\"}";
      assertThat(act("add-table", named.formatted("missing"), 422).get("text").asText())
          .contains("does not exist");
      long revision = act("add-table", named.formatted("u"), 200).get("revision").asLong();
      await(state -> state.at("/rules/applied_revision").asLong() >= revision);
      mysql.execute("INSERT INTO " + GROUP + ".u VALUES (1, 1)");
      delivered.await(6);

      act("start-snapshot", "{\"tables\": [\"" + GROUP + ".u\"]}", 202);
      await(state -> state.at("/snapshots/0/status").asText().equals("complete"));
      delivered.await(7);

      String since = state().path("since").asText();
      act("resign", "", 202);
      await(
          state ->
              state.path("role").asText().equals("master")
                  && !state.path("since").asText().equals(since));
      mysql.execute(table.insert(4));
      delivered.await(8);
    } finally {
      server.stop();
      process.join();
    }
  }

  private Path config(MysqlServer mysql, KafkaServer kafka) throws Exception {
    String text =
        """
        {"Sources": [{"Schema": "%s", "Tables": [{"Table": "t"}]}],
         "KafkaAddr": ["%s"], "StateDir": "%s", "AllowPublicKeyRetrieval": true,
         "MysqlConn": "rep_user:rep_user@tcp(127.0.0.1:%d)"}
        """
            .formatted(GROUP, kafka.bootstrapServers(), folder.resolve("state"), mysql.port());
    return Files.writeString(folder.resolve("conf.json"), text);
  }

  private JsonNode act(String action, String body, int status) throws Exception {
    HttpRequest request =
        request("/actions/" + action)
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return MAPPER.readTree(answer.body());
  }

  private JsonNode state() throws Exception {
    return MAPPER.readTree(client.send(request("").build(), BodyHandlers.ofString()).body());
  }

  private HttpRequest.Builder request(String path) {
    String group = "http://127.0.0.1:" + port.number() + "/api/v1/groups/" + GROUP;
    return HttpRequest.newBuilder(URI.create(group + path));
  }

  /** Waits for a state of the group. */
  private JsonNode await(Predicate<JsonNode> wanted) throws Exception {
    long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      try {
        JsonNode state = state();
        if (wanted.test(state)) {
          return state;
        }
      } catch (ConnectException e) {
        // The server has not started yet.
      }
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(limit);
      Thread.sleep(50);
    }
  }

  /** Counts the messages of the group's topic. */
  private static final class Delivered implements AutoCloseable {
    private final ChangeReader reader;
    private int read;

    Delivered(KafkaServer kafka) {
      reader =
          ChangeReader.open(
              Map.of("bootstrap.servers", kafka.bootstrapServers()),
              Set.of(GROUP),
              ChangeReader.Start.BEGINNING);
    }

    /** Waits for that many since the beginning. */
    void await(int wanted) {
      long limit = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (read < wanted) {
        read += reader.poll(Duration.ofMillis(100)).size();
        assertThat(System.nanoTime()).as("waited for too long").isLessThan(limit);
      }
      assertThat(read).isEqualTo(wanted);
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
