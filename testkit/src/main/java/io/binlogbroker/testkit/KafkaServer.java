package io.binlogbroker.testkit;

import io.binlogbroker.testkit.files.TestCertificate;
import io.binlogbroker.testkit.network.TcpProxy;
import io.binlogbroker.testkit.process.ChildProcess;
import io.binlogbroker.testkit.process.ServerProcess;
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
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker and controller in its own JVM on 127.0.0.1, with free ports and a folder that
 * exists until {@link #close}. It has this JVM's class path. Used by one thread at a time.
 *
 * <p>The server ends with this JVM, even if that is killed; see {@link ChildProcess}.
 */
public final class KafkaServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final Map<String, String> options = defaultOptions();
  private final List<String> javaOptions =
      new ArrayList<>(
          List.of("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
  private final List<Proxied> proxied = new ArrayList<>();
  private @Nullable Secured secured;
  private final ServerProcess process = new ServerProcess("Kafka", 2);

  /** An additional listener and the proxy in front of it. */
  private record Proxied(int portIndex, TcpProxy proxy) {
    String name() {
      return "PROXIED" + portIndex;
    }
  }

  /** A listener with TLS and passwords. */
  private record Secured(
      int portIndex, TestCertificate certificate, Map<String, String> plainUsers) {
    private static final String PREFIX = "listener.name.secured.";

    void addTo(Properties properties) throws IOException {
      properties.setProperty(PREFIX + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256");
      StringBuilder plain =
          new StringBuilder("org.apache.kafka.common.security.plain.PlainLoginModule required");
      plainUsers.forEach(
          (user, password) -> plain.append(" user_%s=\"%s\"".formatted(user, password)));
      properties.setProperty(PREFIX + "plain.sasl.jaas.config", plain.append(';').toString());
      properties.setProperty(
          PREFIX + "scram-sha-256.sasl.jaas.config",
          "org.apache.kafka.common.security.scram.ScramLoginModule required;");
      properties.setProperty(PREFIX + "ssl.keystore.type", "PEM");
      properties.setProperty(
          PREFIX + "ssl.keystore.certificate.chain", Files.readString(certificate.certificate()));
      properties.setProperty(
          PREFIX + "ssl.keystore.key", Files.readString(certificate.privateKey()));
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
   * Opens an additional listener, which clients reach only through a {@link #proxy}. The broker's
   * own connections are not affected by it.
   */
  public KafkaServer withProxy() {
    int portIndex = process.addPort();
    proxied.add(new Proxied(portIndex, TcpProxy.to(() -> process.port(portIndex))));
    return this;
  }

  /**
   * Opens an additional listener with TLS, on which clients log in with SASL PLAIN or
   * SCRAM-SHA-256. Users there have only the rights that ACLs grant; those of the other listeners
   * are administrators.
   *
   * @param plainUsers passwords by user for PLAIN; those for SCRAM are created with an admin client
   */
  public KafkaServer withSecuredListener(
      TestCertificate certificate, Map<String, String> plainUsers) {
    secured = new Secured(process.addPort(), certificate, Map.copyOf(plainUsers));
    with("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    return with("super.users", "User:ANONYMOUS");
  }

  /**
   * Starts the broker, also again after {@link #stop} or {@link #kill}, and waits until it is
   * ready.
   */
  public KafkaServer start() {
    process.start(this::launch);
    return this;
  }

  private void launch() throws IOException {
    process.createFolderOnce();
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

  /** The broker runs in its own folder, so relative paths must be made absolute. */
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
    for (Proxied target : proxied) {
      String listener = "," + target.name() + "://127.0.0.1:";
      listeners.append(listener).append(process.port(target.portIndex()));
      advertised.append(listener).append(target.proxy().port());
      protocols.append(",").append(target.name()).append(":PLAINTEXT");
    }
    if (secured != null) {
      String listener = ",SECURED://127.0.0.1:" + process.port(secured.portIndex());
      listeners.append(listener);
      advertised.append(listener);
      protocols.append(",SECURED:SASL_SSL");
      secured.addTo(properties);
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

  /** Overrides a logback.xml of the tests on the class path. */
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
    // On an overloaded machine heartbeats can be late and the only broker would be fenced. It would
    // then drop the markers of transactions, see KilledBroker.
    options.put("broker.session.timeout.ms", "30000");
    // The default is a quarter of the broker's heap.
    options.put("log.cleaner.dedupe.buffer.size", "16777216");
    return options;
  }

  /** Shuts the broker down and keeps its data. */
  public void stop() {
    process.stop();
  }

  /** Kills the broker with SIGKILL, like a crash, and keeps its data. */
  public void kill() {
    process.kill();
  }

  /** Kills the broker if it runs, and deletes its data. */
  @Override
  public void close() {
    proxied.forEach(listener -> listener.proxy().close());
    process.close();
  }

  public boolean isRunning() {
    return process.isRunning();
  }

  public long pid() {
    return process.pid();
  }

  /** The port of the listener, after {@link #start}. */
  public int port() {
    return process.port(0);
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port();
  }

  /** The bootstrap servers for clients of the listener with TLS and passwords. */
  public String securedBootstrapServers() {
    if (secured == null) {
      throw new IllegalStateException("Expected a broker created with withSecuredListener()");
    }
    return "127.0.0.1:" + process.port(secured.portIndex());
  }

  /** The proxy of the first {@link #withProxy}. */
  public TcpProxy proxy() {
    return proxy(0);
  }

  /** The proxy of the n-th {@link #withProxy}, counted from 0. */
  public TcpProxy proxy(int n) {
    if (n >= proxied.size()) {
      throw new IllegalStateException("Expected a broker created with withProxy()");
    }
    return proxied.get(n).proxy();
  }

  /** The bootstrap servers for clients whose network is to fail. */
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
