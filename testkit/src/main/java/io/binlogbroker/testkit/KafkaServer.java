package io.binlogbroker.testkit;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A Kafka broker and controller in a JVM of its own on 127.0.0.1, with free ports and a folder that
 * lives until {@link #close}. It runs on this JVM's class path. Used by one thread at a time.
 *
 * <p>The server does not outlive this JVM, however that ends; see {@link ChildProcess}.
 */
public final class KafkaServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final Map<String, String> options = defaultOptions();
  private final List<String> javaOptions =
      new ArrayList<>(
          List.of("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
  private final List<Proxied> proxied = new ArrayList<>();
  private final ServerProcess process = new ServerProcess("Kafka", 2);

  /** A further listener, and the only way to it. */
  private record Proxied(int portIndex, TcpProxy proxy) {
    String name() {
      return "PROXIED" + portIndex;
    }
  }

  /** Sets a property of server.properties, from the next start on. */
  public KafkaServer with(String property, String value) {
    options.put(property, value);
    return this;
  }

  /** Adds options of the broker's JVM after the defaults, from the next start on. */
  public KafkaServer withJavaOptions(String... more) {
    javaOptions.addAll(List.of(more));
    return this;
  }

  /**
   * Opens a further listener, which clients reach through a {@link #proxy} only. The broker itself
   * goes on talking to itself while that is cut.
   */
  public KafkaServer withProxy() {
    int portIndex = process.addPort();
    proxied.add(new Proxied(portIndex, TcpProxy.to(() -> process.port(portIndex))));
    return this;
  }

  /** Starts the broker, anew after {@link #stop} or {@link #kill}, and waits until it answers. */
  public KafkaServer start() {
    process.start(this::launch);
    return this;
  }

  private void launch() throws IOException {
    process.makeFolderOnce();
    writeProperties();
    writeLogback();
    awaitReady(process.launch(commandLine(), Map.of(), serverLog()));
  }

  private void awaitReady(ChildProcess started) {
    Map<String, Object> config =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers(),
            AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            50);
    started.awaitReady(START_LIMIT, this::isListening);
    try (Admin admin = Admin.create(config)) {
      started.awaitReady(
          START_LIMIT, () -> !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty());
    }
  }

  private boolean isListening() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port()), 1000);
      return true;
    }
  }

  private List<String> commandLine() {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(javaOptions);
    line.add("-Dlogback.configurationFile=" + process.folder().resolve("logback.xml"));
    line.addAll(List.of("-cp", absolute(System.getProperty("java.class.path"))));
    line.add(KafkaMain.class.getName());
    line.add(process.folder().resolve("server.properties").toString());
    return line;
  }

  /** The broker runs in its own folder, where relative paths would mean something else. */
  static String absolute(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void writeProperties() throws IOException {
    Properties properties = new Properties();
    properties.setProperty("log.dirs", process.folder().resolve("data").toString());
    properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + process.port(1));
    String clients = "PLAINTEXT://127.0.0.1:" + port();
    StringBuilder listeners = new StringBuilder(clients);
    listeners.append(",CONTROLLER://127.0.0.1:").append(process.port(1));
    StringBuilder advertised = new StringBuilder(clients);
    StringBuilder protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    for (Proxied way : proxied) {
      String listener = "," + way.name() + "://127.0.0.1:";
      listeners.append(listener).append(process.port(way.portIndex()));
      advertised.append(listener).append(way.proxy().port());
      protocols.append(",").append(way.name()).append(":PLAINTEXT");
    }
    properties.setProperty("listeners", listeners.toString());
    properties.setProperty("advertised.listeners", advertised.toString());
    properties.setProperty("listener.security.protocol.map", protocols.toString());
    properties.putAll(options);
    try (BufferedWriter out =
        Files.newBufferedWriter(process.folder().resolve("server.properties"))) {
      properties.store(out, null);
    }
  }

  /** The class path may bring a logback.xml of the tests, which is not meant for the broker. */
  private void writeLogback() throws IOException {
    Files.writeString(
        process.folder().resolve("logback.xml"),
        """
        <configuration>
          <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
            <encoder><pattern>%d %-5level %logger{20} %msg%n</pattern></encoder>
          </appender>
          <root level="WARN"><appender-ref ref="out"/></root>
        </configuration>
        """);
  }

  private static Map<String, String> defaultOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("node.id", "1");
    options.put("process.roles", "broker,controller");
    options.put("controller.listener.names", "CONTROLLER");
    options.put("num.partitions", "4");
    options.put("default.replication.factor", "1");
    options.put("offsets.topic.num.partitions", "4");
    options.put("offsets.topic.replication.factor", "1");
    options.put("transaction.state.log.num.partitions", "4");
    options.put("transaction.state.log.replication.factor", "1");
    options.put("transaction.state.log.min.isr", "1");
    options.put("share.coordinator.state.topic.num.partitions", "1");
    options.put("share.coordinator.state.topic.replication.factor", "1");
    options.put("share.coordinator.state.topic.min.isr", "1");
    options.put("group.initial.rebalance.delay.ms", "0");
    // On a machine that is too busy for heartbeats, the lone broker would be fenced: it would then
    // drop the markers of transactions, see KilledBroker.
    options.put("broker.session.timeout.ms", "30000");
    // The default takes a quarter of our heap.
    options.put("log.cleaner.dedupe.buffer.size", "16777216");
    return options;
  }

  /** Shuts the broker down and keeps its data. */
  public void stop() {
    process.stop();
  }

  /** Ends the broker by SIGKILL, as a crash would, and keeps its data. */
  public void kill() {
    process.kill();
  }

  /** Ends the broker, if it runs, and deletes its data; so there is nothing to shut down well. */
  @Override
  public void close() {
    proxied.forEach(way -> way.proxy().close());
    process.close();
  }

  public boolean isRunning() {
    return process.isRunning();
  }

  public long pid() {
    return process.pid();
  }

  /** Known once the server has been started. */
  public int port() {
    return process.port(0);
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port();
  }

  /** The proxy that the first {@link #withProxy} made. */
  public TcpProxy proxy() {
    return proxy(0);
  }

  /** The proxy that the n-th {@link #withProxy} made, counted from 0. */
  public TcpProxy proxy(int n) {
    if (n >= proxied.size()) {
      throw new IllegalStateException("Expected a broker made with withProxy()");
    }
    return proxied.get(n).proxy();
  }

  /** For clients whose network to the broker shall fail. */
  public String proxiedBootstrapServers() {
    return "127.0.0.1:" + proxy().port();
  }

  public Path serverLog() {
    return process.folder().resolve("server.log");
  }

  @Override
  public String toString() {
    return "Kafka on port " + port();
  }
}
