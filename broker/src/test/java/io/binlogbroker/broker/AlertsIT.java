package io.binlogbroker.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A running broker reports to a webhook. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class AlertsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private HttpServer webhook;

  @BeforeEach
  void listen() throws IOException {
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext(
        "/hook",
        exchange -> {
          received.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    webhook.start();
  }

  @AfterEach
  void stop() {
    webhook.stop(0);
  }

  @Test
  void aRefusedConfigurationFiresAndIsOverWhenItIsCorrected(LiveServers servers) throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    mysql.execute("CREATE DATABASE alerts_it");
    String more =
        """
        "Alert": {"Url": "http://127.0.0.1:%d/hook"}, "SyncAll": true,
         "Sources": [{"Schema": "alerts_it"}],
        """
            .formatted(webhook.getAddress().getPort());
    try (LiveBroker broker = LiveBroker.with("alerts_it", mysql, servers.kafka(), more).start()) {
      expect("role", "firing");

      broker.edit("\"SyncAll\": true", "\"SyncAll\": 1");
      JsonNode refused = expect("config_refused", "firing");
      broker.edit("\"SyncAll\": 1", "\"SyncAll\": true");
      expect("config_refused", "resolved");
      broker.stop();
      expect("stopped", "firing");

      assertThat(refused.path("group").asText()).isEqualTo("alerts_it");
      assertThat(refused.path("text").asText()).contains("SyncAll: expected true or false");
    } finally {
      mysql.execute("DROP DATABASE alerts_it");
    }
  }

  private JsonNode expect(String kind, String state) throws Exception {
    String text = received.poll(60, TimeUnit.SECONDS);
    assertThat(text).isNotNull();
    JsonNode alert = JSON.readTree(text);
    assertThat(alert.path("kind").asText()).isEqualTo(kind);
    assertThat(alert.path("state").asText()).isEqualTo(state);
    return alert;
  }
}
