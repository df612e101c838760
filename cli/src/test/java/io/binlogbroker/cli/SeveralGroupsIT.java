package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.process.ReservedPort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One process that serves several groups, with a configuration file each. */
@Timeout(300)
class SeveralGroupsIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(10);

  @TempDir Path folder;

  @Test
  void groupsShareAProcessAndNotTheirFailures() throws Exception {
    try (MysqlServer mysql = MysqlServer.mysql8033().start();
        KafkaServer kafka = new KafkaServer().start()) {
      mysql.createReplicationUser(TestGroup.USER, TestGroup.PASSWORD);
      TestGroup mall = new TestGroup("mall", mysql, kafka, folder);
      TestGroup social = new TestGroup("social", mysql, kafka, folder);
      mall.writeConfig("mall.json");
      social.writeConfig("social.json");
      ReservedPort port = ReservedPort.next();

      try (ForkedProgram broker = start(port)) {
        mall.insert(1, 3);
        social.insert(1, 2);
        assertThat(mall.awaitDelivered(3)).containsExactly(1, 2, 3);
        assertThat(social.awaitDelivered(2)).containsExactly(1, 2);
        assertThat(broker.console()).contains("mall: Reading from", "social: Reading from");
      } // SIGKILL
      mall.insert(4, 5);
      social.insert(3, 4);

      try (ForkedProgram broker = start(port)) {
        assertThat(mall.awaitDelivered(5)).containsExactly(1, 2, 3, 4, 5);
        assertThat(social.awaitDelivered(4)).containsExactly(1, 2, 3, 4);

        mysql.execute(
            "SET SESSION binlog_format = 'STATEMENT'", "DELETE FROM mall.goods WHERE id = 1");
        broker.awaitConsole("Group mall has ended with UNDELIVERABLE", LIMIT);
        social.insert(5, 6);

        assertThat(social.awaitDelivered(6)).containsExactly(1, 2, 3, 4, 5, 6);
        JsonNode groups = status(port).get("groups");
        assertThat(groups.get(0).get("ended").asText()).contains("statement");
        assertThat(groups.get(0).get("role").asText()).isEqualTo("slave");
        assertThat(groups.get(1).has("ended")).isFalse();
        assertThat(groups.get(1).get("role").asText()).isEqualTo("master");

        broker.terminate();

        assertThat(broker.exitCode(STOP)).as(broker::console).isEqualTo(8);
      }
    }
  }

  private ForkedProgram start(ReservedPort port) throws InterruptedException {
    ForkedProgram broker =
        ForkedProgram.start(
            folder,
            "-g",
            "mall,social",
            "-c",
            folder.resolve("{group}.json").toString(),
            "--listen",
            "127.0.0.1:" + port.number());
    broker.awaitConsole("mall: Reading from", LIMIT);
    broker.awaitConsole("social: Reading from", LIMIT);
    return broker;
  }

  private static JsonNode status(ReservedPort port) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + port.number() + "/admin/status");
    String body =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(address).timeout(STOP).build(), BodyHandlers.ofString())
            .body();
    return new ObjectMapper().readTree(body);
  }
}
