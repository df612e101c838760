package io.binlogbroker.testkit;

import io.binlogbroker.testkit.files.CacheFolder;
import io.binlogbroker.testkit.files.TestCertificate;
import io.binlogbroker.testkit.process.ChildProcess;
import io.binlogbroker.testkit.process.ServerProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An etcd server in its own process on 127.0.0.1, with free ports and a folder that exists until
 * {@link #close}. Used by one thread at a time.
 *
 * <p>The server ends with this JVM, even if that is killed; see {@link ChildProcess}.
 */
public final class EtcdServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final EtcdVersion version;
  private final CacheFolder cache;
  private final String name;
  private @Nullable EtcdGateway gateway;
  private @Nullable String clusterMembers;
  private @Nullable String rootPassword;
  private @Nullable TestCertificate certificate;
  private final ServerProcess process = new ServerProcess("etcd", 3);

  public EtcdServer(EtcdVersion version, CacheFolder cache) {
    this(version, cache, "single");
  }

  EtcdServer(EtcdVersion version, CacheFolder cache, String name) {
    this.version = version;
    this.cache = cache;
    this.name = name;
  }

  public static EtcdServer of(EtcdVersion version) {
    return new EtcdServer(version, CacheFolder.ofUser());
  }

  public static EtcdServer v34() {
    return of(EtcdVersion.V3_4);
  }

  /** Requires users and passwords from the first start on; this is the password of {@code root}. */
  public EtcdServer withPassword(String password) {
    rootPassword = password;
    return this;
  }

  /** Accepts only TLS connections from clients. */
  public EtcdServer withTls(TestCertificate serverCertificate) {
    certificate = serverCertificate;
    return this;
  }

  /** Joins the cluster of these members, which include this one. */
  void join(String allMembers) {
    clusterMembers = allMembers;
  }

  /** This server in a cluster's list of members. */
  String member() {
    return name + "=" + peerUrl();
  }

  /**
   * Starts the server, also again after {@link #stop} or {@link #kill}, and waits until it is
   * ready.
   */
  public EtcdServer start() {
    boolean isFirst = process.isNew();
    process.start(
        () -> {
          launch();
          awaitReady();
        });
    if (isFirst && rootPassword != null) {
      gateway().enableAuthentication(rootPassword);
    }
    return this;
  }

  /** Starts the process without waiting: a member of a cluster waits for the others. */
  void launch() {
    Path program = version.program(cache);
    process.createFolderOnce();
    process.launch(commandLine(program), Map.of(), serverLog());
  }

  /** Waits until the server has a leader. */
  void awaitReady() {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest health =
        HttpRequest.newBuilder(URI.create(metricsUrl() + "/health"))
            .timeout(Duration.ofSeconds(2))
            .build();
    process
        .running()
        .awaitReady(
            START_LIMIT,
            () ->
                http.send(health, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains("\"health\":\"true\""));
  }

  private List<String> commandLine(Path program) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of(program.toString(), "--name", name));
    line.addAll(List.of("--data-dir", process.folder().resolve("data").toString()));
    line.addAll(List.of("--listen-client-urls", clientUrl()));
    line.addAll(List.of("--advertise-client-urls", clientUrl()));
    line.addAll(List.of("--listen-peer-urls", peerUrl()));
    line.addAll(List.of("--initial-advertise-peer-urls", peerUrl()));
    line.addAll(List.of("--initial-cluster", clusterMembers == null ? member() : clusterMembers));
    line.addAll(List.of("--listen-metrics-urls", metricsUrl()));
    line.addAll(List.of("--logger", "zap", "--log-level", "warn", "--bcrypt-cost", "4"));
    line.addAll(version.options());
    if (certificate != null) {
      line.addAll(List.of("--cert-file", certificate.certificate().toString()));
      line.addAll(List.of("--key-file", certificate.privateKey().toString()));
    }
    return line;
  }

  /** Shuts the server down and keeps its data. */
  public void stop() {
    process.stop();
  }

  /** Kills the server with SIGKILL, like a crash, and keeps its data. */
  public void kill() {
    process.kill();
  }

  public EtcdServer restart() {
    stop();
    return start();
  }

  /** Kills the server if it runs, and deletes its data. */
  @Override
  public void close() {
    process.close();
  }

  public boolean isRunning() {
    return process.isRunning();
  }

  public long pid() {
    return process.pid();
  }

  /** The client port, after {@link #start}. */
  public int port() {
    return process.port(0);
  }

  /** Where clients connect, as host:port. */
  public String address() {
    return "127.0.0.1:" + port();
  }

  /** The gateway for operations; after {@link #start}. */
  public EtcdGateway gateway() {
    if (gateway == null) {
      gateway = new EtcdGateway(clientUrl(), certificate);
    }
    return gateway;
  }

  public Path serverLog() {
    return process.folder().resolve("server.log");
  }

  @Override
  public String toString() {
    return "etcd " + version + " on port " + port();
  }

  private String clientUrl() {
    return (certificate == null ? "http://" : "https://") + address();
  }

  private String peerUrl() {
    return "http://127.0.0.1:" + process.port(1);
  }

  private String metricsUrl() {
    return "http://127.0.0.1:" + process.port(2);
  }
}
