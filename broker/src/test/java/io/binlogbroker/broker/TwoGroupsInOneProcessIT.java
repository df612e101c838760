package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.config.AdminConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.NumberTable;
import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.thread.GroupContext;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import io.binlogbroker.testkit.process.ReservedPort;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Two groups with two servers in one process with one HTTP listener. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class TwoGroupsInOneProcessIT {
  private static final String ONE = "first_group";
  private static final String OTHER = "second_group";

  @TempDir private Path state;
  private final Queue<ILoggingEvent> lines = new ConcurrentLinkedQueue<>();
  private final Map<String, Throwable> failures = new ConcurrentHashMap<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("io.binlogbroker");
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
          line.prepareForDeferredProcessing();
          lines.add(line);
        }
      };

  @BeforeEach
  void collectLines() {
    appender.start();
    root.addAppender(appender);
    root.setLevel(Level.INFO);
  }

  @AfterEach
  void release() {
    root.detachAppender(appender);
    root.setLevel(null);
  }

  @Test
  void oneGroupsFatalErrorLeavesTheOtherDelivering(LiveServers servers) throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    MysqlServer mariadb = servers.mysql(MysqlVersion.MARIADB_11_4);
    KafkaServer kafka = servers.kafka();
    NumberTable one = NumberTable.create(mysql, ONE);
    NumberTable other = NumberTable.create(mariadb, OTHER);
    ReservedPort port = ReservedPort.next();
    AdminConfig admin = new AdminConfig("127.0.0.1:" + port.number(), List.of());
    ProcessMetrics metrics = new ProcessMetrics();
    Set<Thread> before = threads();
    Server server =
        new Server(admin, metrics, (group, failure) -> failures.put(group.group(), failure), false);
    server.add(group(ONE, mysql, kafka, metrics));
    server.add(group(OTHER, mariadb, kafka, metrics));
    Thread process = new Thread(server::run, "server");
    process.start();
    try {
      await(() -> hasPosition(ONE) && hasPosition(OTHER));
      mysql.execute(one.insert(1, 2));
      mariadb.execute(other.insert(1, 2));
      awaitChanges(kafka, ONE, 2);
      awaitChanges(kafka, OTHER, 2);
      assertGroupsAreNamed(before);

      // A change in statement format cannot be delivered: it ends the first group.
      mysql.execute("SET SESSION binlog_format = 'STATEMENT'", one.insert(3));
      await(() -> failures.containsKey(ONE));
      mariadb.execute(other.insert(3, 4));

      awaitChanges(kafka, OTHER, 4);
      assertThat(failures.get(ONE)).isInstanceOf(DeliveryException.class);
      assertThat(failures).doesNotContainKey(OTHER);
      String status = get(port, "/admin/myrole");
      assertThat(status)
          .contains("{\"group\":\"" + ONE + "\",\"role\":\"slave\"}")
          .contains("{\"group\":\"" + OTHER + "\",\"role\":\"master\"}");
      assertThat(get(port, "/metrics"))
          .contains("binlogbroker_master{group=\"" + OTHER + "\"} 1.0")
          .contains("binlogbroker_master{group=\"" + ONE + "\"} 0.0")
          .contains("binlogbroker_terms_total{group=\"" + OTHER + "\"} 1.0")
          .contains("binlogbroker_standby{group=\"" + OTHER + "\"} 0.0")
          .contains("binlogbroker_send_queue_bytes{group=\"" + OTHER + "\"} 0.0")
          .contains("binlogbroker_send_queue_bytes{group=\"" + ONE + "\"} NaN")
          .containsPattern("binlogbroker_kafka_buffer_bytes\\{group=\"" + OTHER + "\"} \\d")
          .containsPattern(
              "binlogbroker_delivery_delay_seconds_count\\{group=\"" + OTHER + "\"} [1-4]\n")
          .contains("binlogbroker_config_applied_revision{group=\"" + OTHER + "\"} 1.0")
          .contains(
              "binlogbroker_rows_total{action=\"insert\",group=\"%s\",schema=\"%s\",table=\"t\"} 4.0"
                  .formatted(OTHER, OTHER));
    } finally {
      server.stop();
      process.join();
    }
    assertThat(lines).allSatisfy(TwoGroupsInOneProcessIT::assertNamesItsGroup);
  }

  private static void assertNamesItsGroup(ILoggingEvent line) {
    String group = line.getMDCPropertyMap().get(GroupContext.KEY);
    if (line.getThreadName().equals("server")) {
      assertThat(line.getFormattedMessage()).startsWith("Listening at");
      return;
    }
    assertThat(group).as(line.toString()).isIn(ONE, OTHER);
    assertThat(line.getThreadName()).endsWith("-" + group);
  }

  /**
   * Verifies that all threads have the name of a group, except those of the process and its HTTP
   * listener.
   */
  private static void assertGroupsAreNamed(Set<Thread> before) {
    Set<String> started =
        threads().stream()
            .filter(thread -> !before.contains(thread))
            .map(Thread::getName)
            .filter(name -> !name.equals("server") && !name.startsWith("http-"))
            .filter(name -> !isOfLibrary(name))
            .collect(Collectors.toSet());
    assertThat(started).isNotEmpty().allMatch(name -> name.contains(ONE) || name.contains(OTHER));
    assertThat(started).contains("relay-" + ONE, "sender-" + ONE, "relay-" + OTHER);
  }

  /** Whether a thread was started by the JVM or by a driver of the test. */
  private static boolean isOfLibrary(String name) {
    return name.startsWith("HttpClient")
        || name.startsWith("junit-")
        || name.startsWith("process reaper")
        || name.startsWith("Cleaner")
        || name.startsWith("mariaDb")
        || name.startsWith("MariaDb");
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet();
  }

  private Group group(String name, MysqlServer mysql, KafkaServer kafka, ProcessMetrics metrics) {
    String config =
        """
        {"SyncAll":true, "KafkaAddr":["%s"], "StateDir":"%s", "AllowPublicKeyRetrieval":true,
         "MysqlConn":"rep_user:rep_user@tcp(127.0.0.1:%d)"}
        """
            .formatted(kafka.bootstrapServers(), state, mysql.port());
    Config read = new ConfigReader(Map.of()).read(config, "the test");
    return new Group(name, read, metrics);
  }

  private boolean hasPosition(String group) {
    return Files.exists(state.resolve(group + ".position.json"));
  }

  private static void awaitChanges(KafkaServer kafka, String topic, int wanted) throws Exception {
    try (ChangeReader reader =
        ChangeReader.open(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            Set.of(topic),
            ChangeReader.Start.BEGINNING)) {
      int[] read = {0};
      await(
          () -> {
            read[0] += reader.poll(Duration.ofMillis(100)).size();
            return read[0] >= wanted;
          });
      assertThat(read[0]).isEqualTo(wanted);
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long limit = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waited for too long").isLessThan(limit);
      Thread.sleep(50);
    }
  }

  private static String get(ReservedPort port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port.number() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }
}
