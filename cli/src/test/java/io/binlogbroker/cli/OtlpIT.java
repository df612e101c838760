package io.binlogbroker.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OtlpIT {
  private final BlockingQueue<String> pushed = new LinkedBlockingQueue<>();

  @TempDir Path folder;

  @Test
  void aBrokerPushesItsMetricsAlsoWhileItsServersCannotBeReached() throws Exception {
    HttpServer collector = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    collector.createContext("/v1/metrics", this::receive);
    collector.start();
    Path config = folder.resolve("conf.json");
    Files.writeString(
        config,
        """
        {"KafkaAddr": ["127.0.0.1:1"], "MysqlConn": "u:p@tcp(127.0.0.1:1)", "SyncAll": true,
         "RPCListen": "", "LogDir": "%s", "StateDir": "%s",
         "Otlp": {"Url": "http://127.0.0.1:%d/v1/metrics", "Step": "1s"}}
        """
            .formatted(folder, folder, collector.getAddress().getPort()));
    try (ForkedProgram broker =
        ForkedProgram.start(folder, "-g", "db_mall", "-c", config.toString())) {
      assertThat(pushed.poll(100, TimeUnit.SECONDS))
          .as(broker::console)
          .contains("binlogbroker.build.info", "binlogbroker.master", "db_mall");
    } finally {
      collector.stop(0);
    }
  }

  /** Names and labels are readable in protobuf. */
  private void receive(HttpExchange exchange) throws IOException {
    pushed.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }
}
